import type { Mixture } from './mixture';
import type { Sink } from './ngramModel';
import { TRAIT } from './traits';

export interface Ranked {
  token: number;
  probability: number;
}

/**
 * By the length of a context, how much sampling trusts what was seen after it. One word says little
 * of what may follow: the more of it, the sooner a clause falls apart; too much trust in long contexts
 * recites. Tuned by reading, and by how much of the works is written word for word.
 */
const TRUST = [0, 0.05, 1, 1.5, 1.5];

/** As many tokens after each context are looked at one by one; how many there are hardly matters. */
const LISTED = 96;

/**
 * What may come next, without walking the vocabulary: the likeliest tokens after each context are
 * listed; the others can be asked for. One object serves many contexts.
 */
export class Distribution implements Sink {
  /** The tokens listed, in no order; the first `count` are valid. */
  readonly tokens: Int32Array;
  /** What each has above its unigrams, at least. */
  private readonly excess: Float64Array;
  /** The same, each context's part of it weighed by `TRUST`: what sampling goes by. */
  readonly trusted: Float64Array;
  count = 0;
  /** P(a word that is not in the vocabulary). */
  unknown = 0;
  private readonly slots: Int32Array;
  private readonly stamps: Int32Array;
  private stamp = 0;
  private states: readonly number[] = [];
  /** By part: the mass left to its unigrams. */
  private readonly rest: Float64Array;
  /** What a token can have at most besides its excess and its unigrams. */
  private omitted = 0;
  /** The mass of words that are spelt, those of the draft included. */
  private unseen = 0;

  constructor(readonly mixture: Mixture) {
    this.tokens = new Int32Array(mixture.size);
    this.excess = new Float64Array(mixture.size);
    this.trusted = new Float64Array(mixture.size);
    this.slots = new Int32Array(mixture.size);
    this.stamps = new Int32Array(mixture.size);
    this.rest = new Float64Array(mixture.parts.length);
  }

  /** Becomes the distribution after these states. */
  fill(states: readonly number[]): void {
    this.stamp += 1;
    this.count = 0;
    this.omitted = 0;
    this.states = [...states];
    this.scatter(this, LISTED);
    this.unseen = this.mixture.unseen(states);
    this.unknown = this.mixture.unknown(states);
  }

  add(token: number, mass: number, length: number): void {
    const trusted = mass * (TRUST[length] ?? 1);
    if (this.stamps[token] === this.stamp) {
      const slot = this.slots[token] ?? 0;
      this.excess[slot] = (this.excess[slot] ?? 0) + mass;
      this.trusted[slot] = (this.trusted[slot] ?? 0) + trusted;
      return;
    }
    this.stamps[token] = this.stamp;
    this.slots[token] = this.count;
    this.tokens[this.count] = token;
    this.excess[this.count] = mass;
    this.trusted[this.count] = trusted;
    this.count += 1;
  }

  omit(mass: number): void {
    this.omitted += mass;
  }

  probability(token: number): number {
    return this.mixture.probability(this.states, token);
  }

  /** Whether the token is listed. */
  has(token: number): boolean {
    return this.stamps[token] === this.stamp;
  }

  /** Every token's probability, by id. */
  spread(into: Float64Array): void {
    const { known, parts, spelledShares } = this.mixture;
    const sink = {
      add: (token: number, mass: number) => void (into[token] = (into[token] ?? 0) + mass),
      omit: () => undefined,
    };
    into.fill(0);
    this.scatter(sink, Infinity);
    for (const [i, { unigram }] of parts.entries()) {
      const rest = this.rest[i] ?? 0;
      for (let id = 0; id < into.length; id++) {
        into[id] = (into[id] ?? 0) + rest * (unigram[id] ?? 0);
      }
    }
    for (let i = 0; i < spelledShares.length; i++) {
      into[known + i] = (into[known + i] ?? 0) + this.unseen * (spelledShares[i] ?? 0);
    }
  }

  /**
   * The k most probable tokens, most probable first. Those without an excess are taken from the
   * parts' sorted unigrams until none further down can be among the best (the threshold algorithm:
   * Fagin, Lotem & Naor 2003). What is never written is not listed either.
   */
  top(k: number): Ranked[] {
    const best: Ranked[] = [];
    const floor = this.floorOf(k);
    for (let slot = 0; slot < this.count; slot++) {
      const token = this.tokens[slot] ?? 0;
      const least = (this.excess[slot] ?? 0) + this.common(token);
      if (least + this.omitted >= floor) {
        const probability = this.omitted === 0 ? least : this.probability(token);
        this.list(best, k, token, probability);
      }
    }
    for (let depth = 0; k > 0; depth++) {
      const bound = this.offer(depth, k, best);
      if (bound === 0 || (best.length >= k && bound <= (best[k - 1]?.probability ?? 0))) {
        break;
      }
    }
    return best;
  }

  /**
   * Offers the parts' unigrams at this depth to the best.
   * @returns what no token that is not listed, further down in all of them, can exceed
   */
  private offer(depth: number, k: number, best: Ranked[]): number {
    const { mixture } = this;
    let bound = this.omitted + this.unseen * mixture.spelledMost;
    let left = false;
    for (const [i, { model }] of mixture.parts.entries()) {
      const { tokens, masses } = model.unigrams;
      const token = tokens[depth];
      bound += (this.rest[i] ?? 0) * (masses[depth] ?? 0);
      if (token !== undefined) {
        left = true;
        if (!this.has(token) && !best.some((listed) => listed.token === token)) {
          this.list(best, k, token, this.probability(token));
        }
      }
    }
    return left ? bound : 0;
  }

  /** What the k best listed tokens have at least; 0 when fewer are listed. */
  private floorOf(k: number): number {
    const best: Ranked[] = [];
    let floor = 0;
    for (let slot = 0; slot < this.count; slot++) {
      const token = this.tokens[slot] ?? 0;
      const probability = (this.excess[slot] ?? 0) + this.common(token);
      if (probability > floor) {
        this.list(best, k, token, probability);
        floor = best.length < k ? 0 : (best[k - 1]?.probability ?? 0);
      }
    }
    return floor;
  }

  /** P(token) less what it has after longer contexts. */
  private common(token: number): number {
    const { known, parts, spelledShares } = this.mixture;
    let sum = token >= known ? this.unseen * (spelledShares[token - known] ?? 0) : 0;
    sum += (this.rest[0] ?? 0) * (parts[0]?.unigram[token] ?? 0);
    for (let i = 1; i < parts.length; i++) {
      sum += (this.rest[i] ?? 0) * (parts[i]?.unigram[token] ?? 0);
    }
    return sum;
  }

  private scatter(sink: Sink, most: number): void {
    const { mixture, states } = this;
    for (let i = 0; i < mixture.parts.length; i++) {
      const model = mixture.parts[i]?.model;
      if (model !== undefined) {
        const weight = mixture.factor(i, states);
        this.rest[i] = model.scatter(states[i] ?? model.blank, weight, sink, most);
      }
    }
  }

  private list(best: Ranked[], k: number, token: number, probability: number): void {
    if ((this.mixture.vocabulary.traitsOf(token) & TRAIT.withheld) === 0) {
      insert(best, k, { token, probability });
    }
  }
}

/** Keeps the k best in order; of equals, the lower id first. */
function insert(best: Ranked[], k: number, entry: Ranked): void {
  let at = best.length;
  while (at > 0 && precedes(entry, best[at - 1])) {
    at -= 1;
  }
  if (at < k) {
    best.splice(at, 0, entry);
    best.length = Math.min(best.length, k);
  }
}

function precedes(a: Ranked, b: Ranked | undefined): boolean {
  return (
    b !== undefined &&
    (a.probability > b.probability || (a.probability === b.probability && a.token < b.token))
  );
}
