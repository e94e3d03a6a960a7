import type { VoiceCounts } from '../voice/voiceCounts';
import { FEATURES } from '../voice/voiceFeatures';
import { VOICE_SPREADS } from '../voice/voiceWeights';

/** The style of a passage: the value of each feature and its sampling error, as a variance; 0 where it cannot be read. */
export interface Style {
  values: Float32Array;
  variances: Float32Array;
}

/** Beyond this a feature counts no more, in squared standard deviations. */
const MOST = 9;

export function styleOf(counts: VoiceCounts): Style {
  const values = new Float32Array(FEATURES.length);
  const variances = new Float32Array(FEATURES.length);
  FEATURES.forEach(({ read }, i) => {
    const { value, units } = read(counts);
    const spread = VOICE_SPREADS[i];
    if (units >= 1 && spread !== undefined) {
      values[i] = value;
      variances[i] = spread.between + spread.within / units;
    }
  });
  return { values, variances };
}

/**
 * How alike two passages are in style, 0 to 1: exp(−d / 2), d being the mean squared difference of their
 * features in units of what two passages of one writer differ by.
 */
export function styleSimilarity(a: Style, b: Style): number {
  const { values, variances } = a;
  const { values: others, variances: otherVariances } = b;
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    const first = variances[i] ?? 0;
    const second = otherVariances[i] ?? 0;
    if (first > 0 && second > 0) {
      const difference = (values[i] ?? 0) - (others[i] ?? 0);
      const squared = (difference * difference) / (first + second);
      sum += squared < MOST ? squared : MOST;
      known++;
    }
  }
  return known === 0 ? 0 : Math.exp(-sum / known / 2);
}
