import type { FeatureDistance } from './voiceProfile';
import { VOICE_BIAS, VOICE_WEIGHTS } from './voiceWeights';

/** Beyond this a feature says no more: a single one must not decide alone. In squared standard deviations. */
const MOST = 16;

/** The squared distances as they are weighed; 0 where a feature could not be read. */
export function evidenceOf(distances: readonly (FeatureDistance | undefined)[]): number[] {
  return distances.map((found) => Math.min(MOST, (found?.distance ?? 0) ** 2));
}

/**
 * How likely a text is by another hand than the profile's, 0 to 1, if as many were as were not: distances in
 * standard deviations (Burrows 2002) squared, weighed by how well they tell authors apart.
 */
export function driftOf(distances: readonly (FeatureDistance | undefined)[]): number {
  const logit = evidenceOf(distances).reduce(
    (sum, squared, i) => sum + squared * (VOICE_WEIGHTS[i] ?? 0),
    VOICE_BIAS,
  );
  return 1 / (1 + Math.exp(-logit));
}

/** Distance, in standard deviations, from which a feature is said to stand out. */
export const STANDS_OUT = 2;

/** What a feature says even where it tells authors apart no better than the others do. */
const LEAST_WEIGHT = 0.02;

/** The features that stand out, those first that say most. */
export function standingOut(
  distances: readonly (FeatureDistance | undefined)[],
): FeatureDistance[] {
  const weighed = evidenceOf(distances);
  return distances
    .flatMap((found, i) => {
      const says = (weighed[i] ?? 0) * ((VOICE_WEIGHTS[i] ?? 0) + LEAST_WEIGHT);
      return found !== undefined && Math.abs(found.distance) >= STANDS_OUT ? [{ found, says }] : [];
    })
    .sort((a, b) => b.says - a.says)
    .map(({ found }) => found);
}
