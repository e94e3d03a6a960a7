import { adjustCounts, at, smooth, type Smoothed } from './kneserNey';
import type { Level } from './ngramTable';

/** What is left of a level, and the shares of what is left. */
export interface PrunedLevel {
  readonly kept: Uint8Array;
  readonly share: Float32Array;
  /** By n-gram: how much of the text its share speaks for, in occurrences. */
  readonly weight: Float32Array;
}

/**
 * Prunes by relative entropy (Stolcke 1998), longest n-grams first: one goes when taking it away
 * costs the training text less than `threshold` nats, judged by the model's own probabilities. Its
 * occurrences then count for the shorter ones (see `adjustCounts`). What is the beginning or the
 * end of a kept one is kept, so that looking up can go one symbol at a time either way.
 * @param full the unpruned model's levels
 * @returns by n-gram length from 1; index 0 is empty
 */
export function prune(
  levels: readonly Level[],
  full: readonly Smoothed[],
  threshold: number,
): PrunedLevel[] {
  const order = levels.length - 1;
  const pruned: PrunedLevel[] = [];
  let counts = at(levels, order).count;
  for (let n = order; n >= 1; n--) {
    const level = at(levels, n);
    const longer = levels[n + 1];
    if (longer !== undefined) {
      counts = adjustCounts(level.size, longer, counts, at(pruned, n + 1).kept);
    }
    const below = n === 1 ? null : at(full, n - 1).probability;
    const smoothed = smooth(level, counts, at(levels, n - 1).size, below);
    const kept = new Uint8Array(level.size);
    if (n === 1) {
      kept.fill(1);
    } else {
      keepDear(level, smoothed, at(full, n - 1).probability, threshold, kept);
    }
    if (longer !== undefined) {
      keepNeeded(longer, at(pruned, n + 1).kept, kept);
    }
    const { share, total } = smoothed;
    const weight = share.map((s, node) => s * (total[level.parent[node] ?? 0] ?? 0));
    pruned[n] = { kept, share, weight };
  }
  const none = new Float32Array(0);
  pruned[0] = { kept: new Uint8Array(0), share: none, weight: none };
  return pruned;
}

/** Marks the n-grams that cost at least the threshold to do without. */
function keepDear(
  level: Level,
  { share, left, total }: Smoothed,
  below: Float32Array,
  threshold: number,
  kept: Uint8Array,
): void {
  // By context: what the shorter context gives to all that was seen.
  const seen = new Float64Array(left.length);
  for (let node = 0; node < level.size; node++) {
    const parent = level.parent[node] ?? 0;
    seen[parent] = (seen[parent] ?? 0) + (below[level.suffix[node] ?? 0] ?? 0);
  }
  for (let node = 0; node < level.size; node++) {
    const parent = level.parent[node] ?? 0;
    const own = share[node] ?? 0;
    const rest = left[parent] ?? 0;
    const q = below[level.suffix[node] ?? 0] ?? 0;
    const seenMass = Math.min(1, seen[parent] ?? 0);
    const p = own + rest * q;
    // Its mass goes to the shorter context, from which it gets some back and all others gain.
    const lost = p * Math.log(p / ((rest + own) * q));
    const unseen = rest * (1 - seenMass) * Math.log(1 + own / rest);
    const gained = unseen + own * Math.max(0, seenMass - q);
    kept[node] = (lost - gained) * (total[parent] ?? 0) >= threshold ? 1 : 0;
  }
}

/** Marks the beginnings and ends of the longer n-grams that are kept. */
function keepNeeded(longer: Level, longerKept: Uint8Array, kept: Uint8Array): void {
  for (let node = 0; node < longer.size; node++) {
    if (longerKept[node] === 1) {
      kept[longer.parent[node] ?? 0] = 1;
      kept[longer.suffix[node] ?? 0] = 1;
    }
  }
}
