import { discountsOf } from '../../src/core/model/sketch/kneserNey';
import type { Level } from './ngramTable';

/** One level of an interpolated model: P(w | h) = share(hw) + left(h) × P(w | h without its first). */
export interface Smoothed {
  /** By n-gram: what it has of its context's mass. */
  readonly share: Float32Array;
  /** By context (n-gram of the level above): what is left for the shorter context. */
  readonly left: Float32Array;
  /** By context: the sum of the adjusted counts of all that follows it. */
  readonly total: Float32Array;
  /** By n-gram: P(last symbol | the others), shorter contexts included. */
  readonly probability: Float32Array;
}

/**
 * Adjusted counts of a level below the longest (Kneser & Ney 1995): each n-gram counts as often as
 * different symbols stand before it. One that was pruned no longer explains its occurrences, so they
 * all count below (Siivola, Hirsimäki & Virpioja 2007, revised Kneser pruning).
 * @param longer the level below, with its adjusted counts and what is kept of it (all, if null)
 */
export function adjustCounts(
  size: number,
  longer: Level,
  counts: Int32Array,
  kept: Uint8Array | null,
): Int32Array {
  const adjusted = new Int32Array(size);
  for (let node = 0; node < longer.size; node++) {
    const suffix = longer.suffix[node] ?? 0;
    const here = kept === null || kept[node] === 1 ? 1 : (counts[node] ?? 0);
    adjusted[suffix] = (adjusted[suffix] ?? 0) + here;
  }
  // The very first n-gram of the text has nothing before it.
  return adjusted.map((count) => Math.max(1, count));
}

/**
 * Interpolated modified Kneser–Ney of one level (Chen & Goodman 1998, eq. 27).
 * @param counts adjusted
 * @param contexts how many n-grams the level above has
 * @param below the level above's probabilities, to interpolate with; null for single symbols,
 *   whose discounted mass goes to symbol 0 (whatever is not in the vocabulary)
 */
export function smooth(
  level: Level,
  counts: Int32Array,
  contexts: number,
  below: Float32Array | null,
): Smoothed {
  const discounts = discountsIn(counts);
  const discountOf = (node: number) => discounts[Math.min(counts[node] ?? 0, 3)] ?? 0;
  const total = new Float64Array(contexts);
  const freed = new Float64Array(contexts);
  for (let node = 0; node < level.size; node++) {
    const parent = level.parent[node] ?? 0;
    const count = counts[node] ?? 0;
    total[parent] = (total[parent] ?? 0) + count;
    freed[parent] = (freed[parent] ?? 0) + discountOf(node);
  }
  const left = Float32Array.from(freed, (mass, h) => (total[h] ? mass / (total[h] ?? 1) : 1));
  const shorterOf = (node: number) =>
    below === null ? Number(level.symbol[node] === 0) : (below[level.suffix[node] ?? 0] ?? 0);
  const share = new Float32Array(level.size);
  const probability = new Float32Array(level.size);
  for (let node = 0; node < level.size; node++) {
    const parent = level.parent[node] ?? 0;
    const count = counts[node] ?? 0;
    const own = (count - discountOf(node)) / (total[parent] ?? 1);
    share[node] = own;
    probability[node] = own + (left[parent] ?? 0) * shorterOf(node);
  }
  return { share, left, total: Float32Array.from(total), probability };
}

/** By count (3: three and more), what is taken from it. */
function discountsIn(counts: Int32Array): number[] {
  const histogram = new Float64Array(5);
  for (const count of counts) {
    if (count <= 4) {
      histogram[count] = (histogram[count] ?? 0) + 1;
    }
  }
  const [, n1 = 0, n2 = 0, n3 = 0, n4 = 0] = histogram;
  return [0, ...discountsOf(n1, n2, n3, n4)];
}

/** All levels of the unpruned model, by n-gram length from 1; index 0 is empty. */
export function smoothAll(levels: readonly Level[]): Smoothed[] {
  const order = levels.length - 1;
  const counts: Int32Array[] = [];
  for (let n = order; n >= 1; n--) {
    const level = at(levels, n);
    const longer = levels[n + 1];
    counts[n] =
      longer === undefined
        ? level.count
        : adjustCounts(level.size, longer, at(counts, n + 1), null);
  }
  const none = new Float32Array(0);
  const all: Smoothed[] = [{ share: none, left: none, total: none, probability: none }];
  for (let n = 1; n <= order; n++) {
    const below = n === 1 ? null : at(all, n - 1).probability;
    all.push(smooth(at(levels, n), at(counts, n), at(levels, n - 1).size, below));
  }
  return all;
}

/** An element that must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) {
    throw new RangeError(`nothing at ${index}`);
  }
  return value;
}
