import { hashWord, type WordHash } from '../collapse/fold';
import type { Prose } from '../collapse/prose';
import { STOP_WORDS } from '../diversity/words';

/** Buckets that words are hashed into: few words of one writer share one. */
export const BUCKETS = 1 << 18;

/** The words of a text that say what it is about: their buckets, ascending, and 1 + ln(how often each comes). */
export interface Terms {
  buckets: Int32Array;
  counts: Float32Array;
  /** Of the vector of `counts`. */
  length: number;
}

function hashesOf(words: ReadonlySet<string>): ReadonlySet<number> {
  const hash: WordHash = { low: 0, high: 0 };
  const hashes = new Set<number>();
  for (const word of words) {
    hashWord(word, 0, hash);
    hashes.add(hash.low);
  }
  return hashes;
}

const STOPS = hashesOf(STOP_WORDS);
const FEWEST_LETTERS = 3;

/** The topic words of a text. */
export function termsOf(prose: Prose): Terms {
  const found = new Int32Array(prose.count);
  let size = 0;
  for (let i = 0; i < prose.count; i++) {
    const low = prose.low[i] ?? 0;
    const letters = (prose.ends[i] ?? 0) - (prose.starts[i] ?? 0);
    if (letters >= FEWEST_LETTERS && !STOPS.has(low)) {
      found[size++] = (low ^ (low >>> 14)) & (BUCKETS - 1);
    }
  }
  const sorted = found.subarray(0, size).sort();
  const buckets = new Int32Array(size);
  const counts = new Float32Array(size);
  let last = -1;
  for (const bucket of sorted) {
    if (last === -1 || buckets[last] !== bucket) {
      buckets[++last] = bucket;
    }
    counts[last] = (counts[last] ?? 0) + 1;
  }
  const logs = counts.slice(0, last + 1).map((count) => 1 + Math.log(count));
  return { buckets: buckets.slice(0, last + 1), counts: logs, length: lengthOf(logs) };
}

function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) {
    squares += value * value;
  }
  return Math.sqrt(squares) || 1;
}

/**
 * In how many passages each word is, kept up as they come and go, for weights by rarity: (1 + ln tf) · ln(1 + N / df),
 * of the family of Salton & Buckley 1988, “Term-weighting approaches in automatic text retrieval”.
 */
export class TermWeights {
  readonly #passages = new Int32Array(BUCKETS);
  #count = 0;

  add({ buckets }: Terms): void {
    this.#count++;
    for (const bucket of buckets) {
      this.#passages[bucket] = (this.#passages[bucket] ?? 0) + 1;
    }
  }

  remove({ buckets }: Terms): void {
    this.#count--;
    for (const bucket of buckets) {
      this.#passages[bucket] = (this.#passages[bucket] ?? 0) - 1;
    }
  }

  /** What texts are compared with, as the passages are now. */
  rarities(): Rarities {
    return new Rarities(this.#passages, this.#count);
  }
}

/** How rare words are, at one time. */
export class Rarities {
  /** By how many passages have a word: far fewer logarithms than words. */
  readonly #by: Float32Array;

  constructor(
    private readonly passages: Int32Array,
    count: number,
  ) {
    this.#by = Float32Array.from({ length: count + 1 }, (_, n) =>
      Math.log1p(count / Math.max(1, n)),
    );
  }

  of(bucket: number): number {
    return this.#by[this.passages[bucket] ?? 0] ?? 0;
  }

  /** The weights of a text's words, in their order, scaled to length 1. */
  weigh({ buckets, counts }: Terms): Float32Array {
    const weights = counts.map((count, i) => count * this.of(buckets[i] ?? 0));
    const length = lengthOf(weights);
    return weights.map((weight) => weight / length);
  }
}

/** The cosine of two texts, 0 to 1, from their words and the weights of these. */
export function cosine(a: Terms, weightsA: Float32Array, b: Terms, weightsB: Float32Array): number {
  let i = 0;
  let j = 0;
  let sum = 0;
  while (i < a.buckets.length && j < b.buckets.length) {
    const difference = (a.buckets[i] ?? 0) - (b.buckets[j] ?? 0);
    if (difference === 0) {
      sum += (weightsA[i++] ?? 0) * (weightsB[j++] ?? 0);
    } else if (difference < 0) {
      i++;
    } else {
      j++;
    }
  }
  return Math.min(1, sum);
}
