import type { SketchBase } from './base';
import type { NgramModel } from './ngramModel';
import type { Spelling } from './spelling';
import { type Lexicon, UNKNOWN } from './vocabulary';

/** The open draft as a mixture takes it. */
export interface DraftPart {
  /** Laid over the base's vocabulary: it begins with the same ids. */
  readonly vocabulary: Lexicon;
  readonly model: NgramModel;
  /** By token id less the base's size: the probability of its spelling. */
  readonly spelled: readonly number[];
  /** How much the draft counts beside the base, 0 to 1. */
  readonly weight: number;
}

/** One model of a mixture. */
export interface Part {
  readonly model: NgramModel;
  /** By token id, P(token) with no context; 0 for what the model does not know. */
  readonly unigram: Float64Array;
}

/**
 * The trained base and the open draft as one distribution over one vocabulary:
 *
 *     P(w | h) = weight × D(w | h) + (1 − weight + weight × D(unseen | h)) × B(w | h)
 *
 * What the draft's model keeps for words it has not seen goes to the base. A word that the base does
 * not know gets from it a share of its mass for unseen words: the share of its spelling among all
 * spellings not in its vocabulary. So the probabilities of the vocabulary and of "a word not in it"
 * sum to 1, and so do those of all strings.
 */
export class Mixture {
  readonly vocabulary: Lexicon;
  readonly spelling: Spelling;
  /** The base, then the draft if there is one. */
  readonly parts: readonly Part[];
  /** How many token ids there are, and how many of them the base knows. */
  readonly size: number;
  readonly known: number;
  /** By token id less `known`: its share of the base's mass for unseen words. */
  readonly spelledShares: Float64Array;
  /** The most that any token has of it. */
  readonly spelledMost: number;
  private readonly newShare: number;
  private readonly weight: number;

  constructor(
    private readonly base: SketchBase,
    private readonly draft: DraftPart | null = null,
  ) {
    this.vocabulary = draft?.vocabulary ?? base.vocabulary;
    this.spelling = base.spelling;
    this.weight = draft?.weight ?? 0;
    this.size = this.vocabulary.size;
    this.known = base.vocabulary.size;
    this.spelledShares = new Float64Array(this.size - this.known);
    let sum = 0;
    let most = 0;
    for (let i = 0; i < this.spelledShares.length; i++) {
      const share = (draft?.spelled[i] ?? 0) / base.newSpellings;
      this.spelledShares[i] = share;
      sum += share;
      most = Math.max(most, share);
    }
    this.newShare = Math.max(0, 1 - sum);
    this.spelledMost = most;
    this.parts = [base.model, ...(draft === null ? [] : [draft.model])].map((model) => ({
      model,
      unigram: this.unigramOf(model),
    }));
  }

  /** The states at the start of a text, one a part. */
  start(): number[] {
    return this.parts.map(({ model }) => model.start);
  }

  /** The states where nothing is known of what stands before. */
  blank(): number[] {
    return this.parts.map(({ model }) => model.blank);
  }

  /** Moves the states over a token (`UNKNOWN` for one not in the vocabulary). */
  advance(states: number[], token: number): void {
    for (let i = 0; i < this.parts.length; i++) {
      const { model } = this.parts[i] ?? {};
      if (model !== undefined) {
        states[i] = model.next(states[i] ?? model.blank, token);
      }
    }
  }

  /** P(token | states) of a token in the vocabulary. */
  probability(states: readonly number[], token: number): number {
    const own =
      token < this.known
        ? this.base.model.probability(states[0] ?? 0, token)
        : this.base.model.unseen(states[0] ?? 0) * (this.spelledShares[token - this.known] ?? 0);
    const base = this.baseFactor(states) * own;
    return this.draft === null
      ? base
      : base + this.weight * this.draft.model.probability(states[1] ?? 0, token);
  }

  /** P(a word that is not in the vocabulary | states). */
  unknown(states: readonly number[]): number {
    return this.unseen(states) * this.newShare;
  }

  /** P(a word that the base does not know, spelt | states); the draft may know it. */
  unseen(states: readonly number[]): number {
    return this.baseFactor(states) * this.base.model.unseen(states[0] ?? 0);
  }

  /** Natural logarithm of P(this very text | states), in the vocabulary or not. */
  logprob(states: readonly number[], text: string): number {
    const token = this.vocabulary.find(text);
    if (token !== UNKNOWN && token < this.size) {
      const p = this.probability(states, token);
      if (p > 0) {
        return Math.log(p);
      }
    }
    return this.logUnseen(states) + this.spelling.logprob(text);
  }

  /** Natural logarithm of the mass of unseen words per unit of spelling probability. */
  logUnseen(states: readonly number[]): number {
    return Math.log(this.unseen(states) / this.base.newSpellings);
  }

  /**
   * P(a word not in the vocabulary that begins with `prefix` and is longer | states).
   * @param longer the tokens in the vocabulary that do
   */
  unknownBeginning(states: readonly number[], prefix: string, longer: readonly number[]): number {
    let mass = Math.exp(this.spelling.prefixLogprob(prefix));
    if (longer.length > MANY) {
      // To spell them all would take long; they are like the vocabulary as a whole.
      mass *= this.base.newSpellings;
    } else {
      for (const token of longer) {
        mass -= Math.exp(this.spelling.logprob(this.vocabulary.text(token)));
      }
      mass -= Math.exp(this.spelling.logprob(prefix));
    }
    return (this.unseen(states) / this.base.newSpellings) * Math.max(0, mass);
  }

  /** Whether the base or the draft has read this token after what stands before it. */
  recites(states: readonly number[], token: number): boolean {
    return this.parts.some(({ model }, i) => model.recites(states[i] ?? model.blank, token));
  }

  /** How much the base counts after these states. */
  baseFactor(states: readonly number[]): number {
    return this.draft === null
      ? 1
      : 1 - this.weight + this.weight * this.draft.model.unseen(states[1] ?? 0);
  }

  /** The draft's weight; 0 without one. */
  get draftWeight(): number {
    return this.weight;
  }

  private unigramOf(model: NgramModel): Float64Array {
    const unigram = new Float64Array(this.size);
    const { tokens, masses } = model.unigrams;
    for (let i = 0; i < tokens.length; i++) {
      unigram[tokens[i] ?? 0] = masses[i] ?? 0;
    }
    return unigram;
  }
}

/** More words of one beginning than are spelt one by one. */
const MANY = 500;
