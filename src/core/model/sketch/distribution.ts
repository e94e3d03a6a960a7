import type { Mixture } from './mixture';
import type { Sink } from './ngramModel';

export interface Ranked {
  token: number;
  probability: number;
}

/**
 * What may come next, without walking the vocabulary: only tokens seen after this context have a
 * value of their own (`excess`); every other has its unigram probability times one factor a
 * component. P(token) = excess(token) + Σ rest × unigram(token). One object serves many contexts.
 */
export class Distribution implements Sink {
  /** The tokens with an excess, in no order; the first `count` are valid. */
  readonly tokens: Int32Array;
  readonly excess: Float64Array;
  count = 0;
  /** The sum of all excess. */
  seen = 0;
  /** By component: the mass left to its unigrams, words unseen included. */
  readonly rest: Float64Array;
  /** P(a word that is not in the vocabulary). */
  unknown = 0;
  private readonly slots: Int32Array;
  private readonly stamps: Int32Array;
  private stamp = 0;

  constructor(readonly mixture: Mixture) {
    this.tokens = new Int32Array(mixture.size);
    this.excess = new Float64Array(mixture.size);
    this.slots = new Int32Array(mixture.size);
    this.stamps = new Int32Array(mixture.size);
    this.rest = new Float64Array(mixture.parts.length);
  }

  /** Becomes the distribution after these states. */
  fill(states: readonly number[]): void {
    this.stamp += 1;
    this.count = 0;
    this.seen = 0;
    const { parts } = this.mixture;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (part !== undefined) {
        this.rest[i] = part.model.scatter(states[i] ?? part.model.blank, part.weight, this);
      }
    }
    this.unknown = this.mixture.unknown(states);
  }

  add(token: number, mass: number): void {
    this.seen += mass;
    if (this.stamps[token] === this.stamp) {
      const slot = this.slots[token] ?? 0;
      this.excess[slot] = (this.excess[slot] ?? 0) + mass;
      return;
    }
    this.stamps[token] = this.stamp;
    this.slots[token] = this.count;
    this.tokens[this.count] = token;
    this.excess[this.count] = mass;
    this.count += 1;
  }

  probability(token: number): number {
    const own = this.has(token) ? (this.excess[this.slots[token] ?? 0] ?? 0) : 0;
    return own + this.common(token);
  }

  /** Whether the token was seen after this context. */
  has(token: number): boolean {
    return this.stamps[token] === this.stamp;
  }

  /** Every token's probability, by id. */
  spread(into: Float64Array): void {
    const { parts } = this.mixture;
    const [first, second] = parts;
    const a = this.rest[0] ?? 0;
    const b = this.rest[1] ?? 0;
    const u = first?.unigram ?? into;
    const v = second?.unigram ?? u;
    for (let id = 0; id < into.length; id++) {
      into[id] = a * (u[id] ?? 0) + b * (v[id] ?? 0);
    }
    for (let slot = 0; slot < this.count; slot++) {
      const token = this.tokens[slot] ?? 0;
      into[token] = (into[token] ?? 0) + (this.excess[slot] ?? 0);
    }
  }

  /**
   * The k most probable tokens, most probable first. Those without an excess are taken from the
   * components' sorted unigrams until none further down can be among the best (the threshold
   * algorithm: Fagin, Lotem & Naor 2003).
   */
  top(k: number): Ranked[] {
    const best: Ranked[] = [];
    for (let slot = 0; slot < this.count; slot++) {
      const token = this.tokens[slot] ?? 0;
      const probability = (this.excess[slot] ?? 0) + this.common(token);
      if (best.length < k || probability > (best[k - 1]?.probability ?? 0)) {
        insert(best, k, { token, probability });
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
   * Offers the components' unigrams at this depth to the best.
   * @returns what no token without an excess, further down in all of them, can exceed
   */
  private offer(depth: number, k: number, best: Ranked[]): number {
    const { parts } = this.mixture;
    let bound = 0;
    let left = false;
    for (const [i, { model, spelledMost }] of parts.entries()) {
      const { tokens, masses } = model.unigrams;
      const token = tokens[depth];
      bound += (this.rest[i] ?? 0) * Math.max(masses[depth] ?? 0, spelledMost);
      if (token !== undefined) {
        left = true;
        if (!this.has(token) && !best.some((listed) => listed.token === token)) {
          insert(best, k, { token, probability: this.common(token) });
        }
      }
    }
    return left ? bound : 0;
  }

  private common(token: number): number {
    let sum = 0;
    const { parts } = this.mixture;
    for (let i = 0; i < parts.length; i++) {
      sum += (this.rest[i] ?? 0) * (parts[i]?.unigram[token] ?? 0);
    }
    return sum;
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
