import type { Clock } from '../../platform';
import { type SketchBase, SKETCH_ORDER } from './base';
import { KneserNey } from './kneserNey';
import { NgramCounts, START } from './ngramCounts';
import { Tokenizer } from './tokenizer';
import { UNKNOWN, Vocabulary } from './vocabulary';

/** Tokens counted before other work may run: about 2 ms. */
const SLICE = 1024;
/** Every so many tokens the two models are asked for the next one before it is counted… */
const ASK_EVERY = 16;
/** …and this many latest answers are kept. */
const ANSWERS = 256;
/** The discounts follow the counts at this pace. */
const REFRESH_EVERY = 512;

/** The draft's weight is kept within these, so that neither model is ever silenced. */
const LEAST_WEIGHT = 0.05;
const MOST_WEIGHT = 0.9;
/** What a draft of no length would weigh, and how many answers that opinion is worth. */
const PRIOR_WEIGHT = 0.3;
const PRIOR_ANSWERS = 10;

/** An n-gram model of the open draft, counted as far as the draft has been read. */
export class Draft {
  readonly vocabulary: Vocabulary;
  readonly model: KneserNey;
  /** By token id less the base's size, the probability of its spelling. */
  readonly spelled: number[] = [];
  /** Tokens counted. */
  tokens = 0;
  /** Streams that are reading it; it must not learn while there are any. */
  readers = 0;
  private readonly counts = new NgramCounts(SKETCH_ORDER, 16_384);
  /** The same model as it stood at the last round number of tokens, however they came. */
  private readonly judge = new KneserNey(this.counts);
  private readonly tokenizer = new Tokenizer();
  private readonly answers = new Float64Array(2 * ANSWERS);
  private answered = 0;
  private context = START;
  private baseState: number;

  constructor(private readonly base: SketchBase) {
    this.vocabulary = new Vocabulary(base.vocabulary);
    this.model = new KneserNey(this.counts);
    this.baseState = base.model.start;
  }

  /**
   * Counts a text from `from`, all but its last two tokens, which more text could still change.
   * @param fresh whether it begins anew rather than goes on from what was counted last
   * @returns how far it counted, or -1 when the signal ended it
   */
  async learn(
    text: string,
    from: number,
    fresh: boolean,
    clock: Clock,
    signal: AbortSignal,
  ): Promise<number> {
    if (fresh) {
      this.context = START;
      this.baseState = this.base.model.start;
    }
    let at = from;
    let end = this.endOf(text, at);
    for (let next = this.endOf(text, end); next < text.length; next = this.endOf(text, next)) {
      this.count(text.slice(at, end));
      at = end;
      end = next;
      if (this.tokens % SLICE === 0) {
        await clock.sleep(0, signal);
        if (signal.aborted) {
          return -1;
        }
      }
    }
    this.model.refresh();
    return at;
  }

  /**
   * How much the draft's model should count beside the base's, 0 to 1: the weight under which the
   * mixture would have predicted recent tokens best, each asked for before it was counted. Found
   * by expectation maximisation (Jelinek & Mercer 1980), held back by a prior on short drafts.
   */
  weight(): number {
    if (this.tokens === 0) {
      return 0;
    }
    if (this.base.vocabulary.size === 0) {
      return 1;
    }
    const n = Math.min(this.answered, ANSWERS);
    let weight = PRIOR_WEIGHT;
    for (let round = 0; round < 10; round++) {
      let sum = PRIOR_WEIGHT * PRIOR_ANSWERS;
      for (let i = 0; i < n; i++) {
        const draft = weight * (this.answers[2 * i] ?? 0);
        const all = draft + (1 - weight) * (this.answers[2 * i + 1] ?? 0);
        sum += all > 0 ? draft / all : weight;
      }
      weight = sum / (n + PRIOR_ANSWERS);
    }
    return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
  }

  private endOf(text: string, at: number): number {
    return at < text.length ? this.tokenizer.end(text, at) : text.length;
  }

  private count(text: string): void {
    let token = this.vocabulary.find(text);
    if (this.tokens % ASK_EVERY === 0) {
      this.ask(token);
    }
    if (token === UNKNOWN) {
      token = this.vocabulary.intern(text);
      this.spelled.push(Math.exp(this.base.spelling.logprob(text)));
    }
    this.context = this.counts.add(this.context, token);
    this.baseState = this.base.model.next(this.baseState, token);
    this.tokens += 1;
    if (this.tokens % REFRESH_EVERY === 0) {
      this.judge.refresh();
    }
  }

  /** Asks both parts of a mixture (see `Mixture`) for the token: draft and base, and base alone. */
  private ask(token: number): void {
    const { model, newSpellings, vocabulary } = this.base;
    const { baseState, context, judge } = this;
    // A word new to both is spelt the same by both: how likely that is, is no matter.
    const share =
      token === UNKNOWN ? 1 : (this.spelled[token - vocabulary.size] ?? 0) / newSpellings;
    const base = model.probability(baseState, token) || model.unseen(baseState) * share;
    const slot = 2 * (this.answered % ANSWERS);
    this.answers[slot] = judge.probability(context, token) + judge.unseen(context) * base;
    this.answers[slot + 1] = base;
    this.answered += 1;
  }
}
