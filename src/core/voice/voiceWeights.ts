/** How much a feature varies among passages of one writer: see `VoiceProfile`. */
export interface Spread {
  between: number;
  within: number;
}

/** Written by scripts/fit/voice.ts, in the order of the features. */
export const VOICE_SPREADS: readonly Spread[] = [];
/** What a squared distance in each feature adds to the logit of another hand than the writer's. */
export const VOICE_WEIGHTS: readonly number[] = [];
export const VOICE_BIAS = 0;
/** From this probability on a text is said to have drifted. */
export const VOICE_THRESHOLD = 0.5;
