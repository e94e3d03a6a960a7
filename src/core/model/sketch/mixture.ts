import type { NgramModel } from './ngramModel';
import type { Spelling } from './spelling';
import { UNKNOWN, type Vocabulary } from './vocabulary';

/** One model in a mixture and its weight; the weights sum to 1. */
export interface Component {
  model: NgramModel;
  weight: number;
}

/** A component with what the mixture works out about it once. */
interface Part extends Component {
  /** By token id: P(token) with no context, spelt where the model does not know the token. */
  readonly unigram: Float64Array;
  /** By how much a spelling's probability counts, given that the word is not one the model knows. */
  readonly scale: number;
  /** The most that any token gets by being spelt. */
  readonly spelledMost: number;
}

/**
 * Several n-gram models as one distribution over one vocabulary: Σ weight × P. A token that one of
 * them does not know gets from it a share of that model's mass for unseen words: the share of its
 * spelling among all spellings of words that the model does not know. So the probabilities of the
 * vocabulary and of "a word not in it" sum to 1 exactly, and so do those of all strings.
 */
export class Mixture {
  readonly parts: readonly Part[];
  /** How many token ids there are. */
  readonly size: number;
  /** The probability of all spellings of words not in the vocabulary. */
  private readonly newSpellings: number;

  /** @param spelled by token id, the probability of its spelling */
  constructor(
    readonly vocabulary: Vocabulary,
    readonly spelling: Spelling,
    private readonly spelled: Float64Array,
    components: readonly Component[],
  ) {
    this.size = vocabulary.size;
    const empty = Math.exp(spelling.logprob(''));
    let all = empty;
    let most = 0;
    for (let id = 0; id < this.size; id++) {
      all += spelled[id] ?? 0;
      most = Math.max(most, spelled[id] ?? 0);
    }
    this.newSpellings = 1 - all;
    this.parts = components
      .filter(({ weight }) => weight > 0)
      .map(({ model, weight }) => this.part(model, weight, empty, most));
  }

  /** The states at the start of a text, one a component. */
  start(): number[] {
    return this.parts.map(({ model }) => model.start);
  }

  /** The states where nothing is known of what stands before. */
  blank(): number[] {
    return this.parts.map(({ model }) => model.blank);
  }

  /** Moves the states over a token (`UNKNOWN` for one not in the vocabulary). */
  advance(states: number[], token: number): void {
    for (const [i, { model }] of this.parts.entries()) {
      states[i] = token === UNKNOWN ? model.blank : model.next(states[i] ?? model.blank, token);
    }
  }

  /** P(token | states) of a token in the vocabulary. */
  probability(states: readonly number[], token: number): number {
    let sum = 0;
    for (const [i, part] of this.parts.entries()) {
      const state = states[i] ?? part.model.blank;
      sum +=
        part.weight *
        (part.model.probability(state, token) ||
          (part.model.knows(token)
            ? 0
            : part.model.unseen(state) * part.scale * (this.spelled[token] ?? 0)));
    }
    return sum;
  }

  /** P(a word that is not in the vocabulary | states). */
  unknown(states: readonly number[]): number {
    return this.unseen(states) * this.newSpellings;
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

  /** Natural logarithm of the mass of words not in the vocabulary per unit of spelling probability. */
  logUnseen(states: readonly number[]): number {
    return Math.log(this.unseen(states));
  }

  /** P(a word not in the vocabulary that begins with `prefix` and is longer | states). */
  unknownBeginning(states: readonly number[], prefix: string): number {
    let mass = Math.exp(this.spelling.prefixLogprob(prefix));
    for (let id = 0; id < this.size; id++) {
      mass -= this.vocabulary.text(id).startsWith(prefix) ? (this.spelled[id] ?? 0) : 0;
    }
    if (this.vocabulary.find(prefix) === UNKNOWN) {
      mass -= Math.exp(this.spelling.logprob(prefix));
    }
    return this.unseen(states) * Math.max(0, mass);
  }

  /** Whether any component would be repeating what it learnt word for word. */
  recites(states: readonly number[], token: number): boolean {
    return this.parts.some(({ model }, i) => model.recites(states[i] ?? model.blank, token));
  }

  /** Mass of unseen words per unit of spelling probability. */
  private unseen(states: readonly number[]): number {
    let sum = 0;
    for (const [i, { model, weight, scale }] of this.parts.entries()) {
      sum += weight * model.unseen(states[i] ?? model.blank) * scale;
    }
    return sum;
  }

  private part(model: NgramModel, weight: number, empty: number, most: number): Part {
    const { tokens, masses, unseen } = model.unigrams;
    let known = empty;
    for (const token of tokens) {
      known += this.spelled[token] ?? 0;
    }
    const scale = 1 / (1 - known);
    const unigram = this.spelled.slice(0, this.size).map((p) => p * scale * unseen);
    for (const [i, token] of tokens.entries()) {
      unigram[token] = masses[i] ?? 0;
    }
    return { model, weight, unigram, scale, spelledMost: most * scale * unseen };
  }
}
