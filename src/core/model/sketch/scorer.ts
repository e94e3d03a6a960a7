import type { Clock } from '../../platform';
import type { Span } from '../../text/span';
import type { Run, Token } from '../token';
import { tailOf } from './branch';
import { Distribution } from './distribution';
import type { Mixture } from './mixture';
import { alignStart, Tokenizer } from './tokenizer';
import { UNKNOWN } from './vocabulary';

/** Tokens in a run; other work may go on between two. */
const WINDOW = 512;

/**
 * Scores a span of a text, as runs of tokens that touch and cover it.
 * @param alternatives how many to list for each token; 0 is much faster
 */
export async function* scoreText(
  mixture: Mixture,
  text: string,
  { span, alternatives }: { span: Span; alternatives: number },
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Run> {
  let at = alignStart(text, span.start - REACH);
  const scorer = new Scorer(mixture, alternatives, at === 0 ? mixture.start() : mixture.blank());
  const tokenizer = new Tokenizer();
  const last = Math.min(span.end, text.length);
  while (at < last && !signal.aborted) {
    const tokens: Token[] = [];
    while (at < last && tokens.length < WINDOW) {
      const end = tokenizer.end(text, at);
      const piece = text.slice(at, end);
      if (end > span.start) {
        tokens.push(scorer.score(piece, at));
      } else {
        scorer.skip(piece);
      }
      at = end;
    }
    yield { semantics: 'raw', bytes: 'none', tokens };
    await clock.sleep(0, signal);
  }
}

/** As much of the text before a span as can matter, in UTF-16 code units. */
const REACH = 800;

/** Scores the tokens of a text that reach into a span, without alternatives. */
export function scoreSpan(mixture: Mixture, text: string, span: Span): readonly Token[] {
  let at = alignStart(text, span.start - REACH);
  const scorer = new Scorer(mixture, 0, at === 0 ? mixture.start() : mixture.blank());
  const tokenizer = new Tokenizer();
  const tokens: Token[] = [];
  while (at < Math.min(span.end, text.length)) {
    const end = tokenizer.end(text, at);
    const token = scorer.score(text.slice(at, end), at);
    if (end > span.start && span.end > span.start) {
      tokens.push(token);
    }
    at = end;
  }
  return tokens;
}

class Scorer {
  private readonly states: number[];
  private readonly distribution: Distribution;
  private readonly spelled = new Map<string, number>();

  constructor(
    private readonly mixture: Mixture,
    private readonly alternatives: number,
    start = mixture.start(),
  ) {
    this.states = start;
    this.distribution = new Distribution(mixture);
  }

  score(text: string, start: number): Token {
    const { mixture, states } = this;
    const token = mixture.vocabulary.find(text);
    const logprob =
      token === UNKNOWN ? this.spell(text) : Math.log(mixture.probability(states, token));
    const listed = this.alternatives > 0 ? this.list() : [];
    mixture.advance(states, token);
    const tail = tailOf(text, logprob, listed);
    return { start, end: start + text.length, logprob, alternatives: listed, tail };
  }

  /** Reads on without asking how probable it was. */
  skip(text: string): void {
    this.mixture.advance(this.states, this.mixture.vocabulary.find(text));
  }

  private list() {
    this.distribution.fill(this.states);
    return this.distribution.top(this.alternatives).map(({ token, probability }) => ({
      text: this.mixture.vocabulary.text(token),
      logprob: Math.log(probability),
    }));
  }

  /** A word that is in no vocabulary. */
  private spell(text: string): number {
    const { mixture } = this;
    let spelling = this.spelled.get(text);
    if (spelling === undefined) {
      spelling = mixture.spelling.logprob(text);
      this.spelled.set(text, spelling);
    }
    return mixture.logUnseen(this.states) + spelling;
  }
}
