/** Written by scripts/fit/verse.ts: biases and weights (logits) of `rhymedFeatures` and `stanzaFeatures`. */
export const RHYMED_BIAS = 2.798;
export const RHYMED_WEIGHTS: readonly number[] = [0.439, 1.95, -1.014, -1.809, 2.007, 1.875];
export const STANZA_BIAS = 11.977;
export const STANZA_WEIGHTS: readonly number[] = [
  -2.256, -1.26, 4.455, 1.563, -4.233, 0.996, -2.092, 1.282, -1.698, -1.122, 2.162, 3.85, 2.299,
  1.383, 1.243, -0.392,
];
