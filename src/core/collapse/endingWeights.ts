/** Written by scripts/fit/endings.ts: the bias, then a weight for each of `endingFeatures`. */
export const ENDING_BIAS = -0.547;
export const ENDING_WEIGHTS: readonly number[] = [
  2.089, 1.843, 0.397, 1.042, 1.165, 0.546, 0.321, -0.775, 0.753,
];
