import type { Clock } from '../../platform';
import { Answers, type MixingWeights } from './answers';
import { type SketchBase, SKETCH_ORDER } from './base';
import { KneserNey } from './kneserNey';
import { NgramCounts, START } from './ngramCounts';
import { Tokenizer } from './tokenizer';
import { UNKNOWN, Vocabulary } from './vocabulary';

/** Tokens counted before other work may run: about 2 ms. */
const SLICE = 1024;
/** Every so many tokens the models are asked for the next one before it is counted. */
const ASK_EVERY = 16;
/** The discounts follow the counts at this pace. */
const REFRESH_EVERY = 512;

/**
 * An n-gram model of a writer's prose, counted as far as it has been read: of the open draft, or of their
 * other prose, over which the draft's lies.
 */
export class Draft {
  readonly vocabulary: Vocabulary;
  readonly model: KneserNey;
  /** By token id less the size of the vocabulary below, the probability of its spelling. */
  readonly spelled: number[] = [];
  /** Tokens counted. */
  tokens = 0;
  /** Streams that are reading it; it must not learn while there are any. */
  readers = 0;
  private readonly counts: NgramCounts;
  /** The same model as it stood at the last round number of tokens, however they came. */
  private readonly judge: KneserNey;
  private readonly tokenizer = new Tokenizer();
  private readonly answers = new Answers();
  private context = START;
  private baseState = 0;
  private belowState = 0;

  /**
   * @param below the writer's other prose, all read, if there is any
   * @param order the longest n-gram counted
   */
  constructor(
    private readonly base: SketchBase,
    readonly below: Draft | null = null,
    order = SKETCH_ORDER,
  ) {
    this.counts = new NgramCounts(order, 16_384);
    this.judge = new KneserNey(this.counts);
    this.vocabulary = new Vocabulary(below?.vocabulary ?? base.vocabulary);
    this.model = new KneserNey(this.counts);
    this.begin();
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
      this.begin();
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

  /** How much this and what lies below it should count; see `Answers`. */
  weights(): MixingWeights {
    const isAlone = this.base.vocabulary.size === 0;
    const { workspace, draft } = this.answers.fit();
    return {
      workspace: isAlone ? 1 : workspace,
      draft: this.tokens === 0 ? 0 : isAlone && this.below === null ? 1 : draft,
    };
  }

  private begin(): void {
    this.context = START;
    this.baseState = this.base.model.start;
    this.belowState = this.below?.model.start ?? 0;
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
    this.belowState = this.below?.model.next(this.belowState, token) ?? 0;
    this.tokens += 1;
    if (this.tokens % REFRESH_EVERY === 0) {
      this.judge.refresh();
    }
  }

  /** Asks the parts of a mixture (see `Mixture`) for the token. */
  private ask(token: number): void {
    const { model, newSpellings } = this.base;
    const { baseState, belowState, context, judge } = this;
    // A word new to all is spelt the same by all: how likely that is, is no matter.
    const share = token === UNKNOWN ? 1 : this.spellingOf(token) / newSpellings;
    const below = this.below?.model;
    this.answers.add({
      draft: judge.probability(context, token),
      draftUnseen: judge.unseen(context),
      workspace: below?.probability(belowState, token) ?? 0,
      workspaceUnseen: below?.unseen(belowState) ?? 1,
      base: model.probability(baseState, token) || model.unseen(baseState) * share,
    });
  }

  /** The probability of the spelling of a token that the base does not know. */
  private spellingOf(token: number): number {
    const own = token - (this.below?.vocabulary ?? this.base.vocabulary).size;
    return own >= 0 ? (this.spelled[own] ?? 0) : (this.below?.spellingOf(token) ?? 0);
  }
}
