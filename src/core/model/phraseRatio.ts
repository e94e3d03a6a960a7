import type { Span } from '../text/span';
import type { Run, Token } from './token';

/** A stretch that is whole tokens to both, and what each makes of it. */
export interface RatioPart extends Span {
  /** ln P(stretch | model) − ln P(stretch | human fiction), in nats; null where the model gave none. */
  nats: number | null;
}

/** How much fonder of a phrase a model is than human fiction. */
export interface PhraseRatio extends Span {
  /**
   * ln P(phrase | model) − ln P(phrase | human fiction) in nats, over what could be compared; null when
   * nothing could. Above 0: the model is fonder of it.
   */
  nats: number | null;
  /** The same for each of the model's tokens, on average. */
  perToken: number | null;
  /** What of the phrase could be compared, 0 to 1 of its UTF-16 units. */
  covered: number;
  /** In order; together the phrase. Mostly one word each. */
  parts: readonly RatioPart[];
  /** What the model's probabilities mean: processed ones are only comparable with each other. */
  semantics: Run['semantics'];
}

/** Human fiction's tokens that reach into a span of a text, each given all before it. */
export type HumanTokens = (text: string, span: Span) => readonly Token[];

/**
 * Compares what a model and human fiction make of one phrase in its context. The two cut text differently,
 * so the phrase is widened to where tokens of both end, and compared piece by piece between such places;
 * pieces in which the model gave no probability are left out on both sides.
 * @param phrase in offsets of the text that both lists tile, at least around the phrase
 */
export function phraseLogRatio(
  phrase: Span,
  { tokens, semantics }: Pick<Run, 'tokens' | 'semantics'>,
  human: readonly Token[],
): PhraseRatio {
  const borders = commonBorders(tokens, human);
  const start = borders.findLast((border) => border <= phrase.start) ?? phrase.start;
  const end = borders.find((border) => border >= phrase.end) ?? phrase.end;
  const inside = borders.filter((border) => border >= start && border <= end);
  const parts: RatioPart[] = [];
  let sum = 0;
  let covered = 0;
  let count = 0;
  for (const [i, to] of inside.entries()) {
    const part = { start: inside[i - 1] ?? to, end: to };
    if (part.start === part.end) {
      continue;
    }
    const own = within(tokens, part);
    const nats = difference(own, within(human, part));
    parts.push({ ...part, nats });
    if (nats !== null) {
      sum += nats;
      covered += part.end - part.start;
      count += own.length;
    }
  }
  return {
    start,
    end,
    nats: covered > 0 ? sum : null,
    perToken: count > 0 ? sum / count : null,
    covered: end > start ? covered / (end - start) : 0,
    parts,
    semantics,
  };
}

/** Where tokens of both lists begin or end, ascending. */
function commonBorders(a: readonly Token[], b: readonly Token[]): number[] {
  const of = (tokens: readonly Token[]) =>
    new Set(tokens.flatMap(({ start, end }) => (end > start ? [start, end] : [])));
  const others = of(b);
  return [...of(a)].filter((border) => others.has(border)).sort((x, y) => x - y);
}

/** The tokens inside a stretch; those without text count to the one that ends there. */
function within(tokens: readonly Token[], { start, end }: Span): readonly Token[] {
  return tokens.filter(
    (token) =>
      token.end <= end && (token.start > start || (token.start === start && token.end > start)),
  );
}

function difference(model: readonly Token[], human: readonly Token[]): number | null {
  const own = total(model);
  const other = total(human);
  return own === null || other === null ? null : own - other;
}

/** ln P of tokens together; null when one has none. */
function total(tokens: readonly Token[]): number | null {
  let sum = 0;
  for (const { logprob } of tokens) {
    if (logprob === null || !Number.isFinite(logprob)) {
      return null;
    }
    sum += logprob;
  }
  return tokens.length === 0 ? null : sum;
}
