import type { SketchBase } from './base';
import type { NgramModel } from './ngramModel';
import type { Spelling } from './spelling';
import { type Lexicon, UNKNOWN } from './vocabulary';

/** What a writer wrote, as a mixture takes it: the open draft, or their other prose. */
export interface DraftPart {
  /** Laid over the vocabulary below: it begins with the same ids. */
  readonly vocabulary: Lexicon;
  readonly model: NgramModel;
  /** By token id less the size of the vocabulary below: the probability of its spelling. */
  readonly spelled: readonly number[];
  /** How much it counts over what lies below, 0 to 1. */
  readonly weight: number;
  /** Set where n-grams are so short that every common phrase would seem recited. */
  readonly short?: boolean;
}

/** One model of a mixture. */
export interface Part {
  readonly model: NgramModel;
  /** By token id, P(token) with no context; 0 for what the model does not know. */
  readonly unigram: Float64Array;
}

/**
 * The trained base, the writer's other prose and the open draft as one distribution over one vocabulary,
 * each laid over what is below it:
 *
 *     P(w | h) = weight × D(w | h) + (1 − weight + weight × D(unseen | h)) × Q(w | h)
 *
 * with Q the same of what lies below, the base at last. What a layer keeps for words it has not seen
 * goes to those below. A word that the base does
 * not know gets from it a share of its mass for unseen words: the share of its spelling among all
 * spellings not in its vocabulary. So the probabilities of the vocabulary and of "a word not in it"
 * sum to 1, and so do those of all strings.
 */
export class Mixture {
  readonly vocabulary: Lexicon;
  readonly spelling: Spelling;
  /** The base, then what is laid over it. */
  readonly parts: readonly Part[];
  /** How many token ids there are, and how many of them the base knows. */
  readonly size: number;
  readonly known: number;
  /** By token id less `known`: its share of the base's mass for unseen words. */
  readonly spelledShares: Float64Array;
  /** The most that any token has of it. */
  readonly spelledMost: number;
  private readonly newShare: number;
  /** What is laid over the base, from the lowest to the highest. */
  readonly layers: readonly DraftPart[];

  /** @param layers from the lowest to the highest; none may grow while this is in use */
  constructor(
    private readonly base: SketchBase,
    ...layers: readonly DraftPart[]
  ) {
    this.layers = layers;
    this.vocabulary = layers.at(-1)?.vocabulary ?? base.vocabulary;
    this.spelling = base.spelling;
    this.size = this.vocabulary.size;
    this.known = base.vocabulary.size;
    this.spelledShares = new Float64Array(this.size - this.known);
    let sum = 0;
    let most = 0;
    let next = 0;
    for (const { spelled } of layers) {
      for (const spelling of spelled) {
        const share = spelling / base.newSpellings;
        this.spelledShares[next++] = share;
        sum += share;
        most = Math.max(most, share);
      }
    }
    this.newShare = Math.max(0, 1 - sum);
    this.spelledMost = most;
    this.parts = [base, ...layers].map(({ model }) => ({
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
    let sum = own;
    for (let i = 0; i < this.layers.length; i++) {
      const { model, weight } = this.layers[i] ?? NO_LAYER;
      const state = states[i + 1] ?? 0;
      const passed = 1 - weight + weight * (model?.unseen(state) ?? 1);
      sum = passed * sum + weight * (model?.probability(state, token) ?? 0);
    }
    return sum;
  }

  /** P(a word that is not in the vocabulary | states). */
  unknown(states: readonly number[]): number {
    return this.unseen(states) * this.newShare;
  }

  /** P(a word that the base does not know, spelt | states); the draft may know it. */
  unseen(states: readonly number[]): number {
    return this.factor(0, states) * this.base.model.unseen(states[0] ?? 0);
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

  /** Whether a part has read this token after what stands before it. */
  recites(states: readonly number[], token: number): boolean {
    return this.parts.some(
      ({ model }, i) =>
        this.layers[i - 1]?.short !== true && model.recites(states[i] ?? model.blank, token),
    );
  }

  /** How much of a part (0 is the base) counts after these states. */
  factor(part: number, states: readonly number[]): number {
    let factor = part === 0 ? 1 : (this.layers[part - 1]?.weight ?? 0);
    for (let i = part; i < this.layers.length; i++) {
      const { model, weight } = this.layers[i] ?? NO_LAYER;
      factor *= 1 - weight + weight * (model?.unseen(states[i + 1] ?? 0) ?? 1);
    }
    return factor;
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

const NO_LAYER = { model: undefined, weight: 0 };

/** More words of one beginning than are spelt one by one. */
const MANY = 500;
