/** Written by scripts/fit/similarity.ts from NoveltyBench's partitioned answers (MIT). */

/** Weights of the pair features and of their square roots, in the order of `PAIR_FEATURES`. */
export const WEIGHTS = {
  bias: -1.0979,
  plain: [2.865, 3.1957, 0.4125, -1.1786, -0.0276, 2.6355, 0.6647, 1.5277],
  root: [0.7571, -0.421, -1.0697, 3.1105, 1.4175, -2.7197, -0.3117, -3.8455],
} as const;

/** Mean similarity from which two groups of answers count as one. */
export const SAME_IDEA = 0.5;
