/** Written by scripts/fit/verse.ts: biases and weights (logits) of `rhymedFeatures` and `stanzaFeatures`. */
export const RHYMED_BIAS = 2.343;
export const RHYMED_WEIGHTS: readonly number[] = [2.663, 1.066, 0.41, -1.715, 1.052, 1.317];
export const STANZA_BIAS = 10.089;
export const STANZA_WEIGHTS: readonly number[] = [
  -1.769, -0.248, 3.985, 1.841, -4.099, 0.629, -1.601, 1.583, -1.182, -0.494, 2.817, 4.531, 2.118,
  1.215, 1.064, -0.449,
];
