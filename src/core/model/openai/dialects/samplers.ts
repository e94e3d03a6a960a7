import type { SamplerFields } from './dialect';

/** OpenAI's own two. */
export const PENALTIES = {
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
} as const satisfies SamplerFields;

/** Under the names that most local engines share. */
export const XTC_AND_DRY = {
  xtcProbability: 'xtc_probability',
  xtcThreshold: 'xtc_threshold',
  dryMultiplier: 'dry_multiplier',
  dryBase: 'dry_base',
  dryAllowedLength: 'dry_allowed_length',
} as const satisfies SamplerFields;

export const MIN_P = { minP: 'min_p' } as const satisfies SamplerFields;
export const TOP_K = { topK: 'top_k' } as const satisfies SamplerFields;
export const REPEAT_PENALTY = {
  repetitionPenalty: 'repeat_penalty',
} as const satisfies SamplerFields;
export const REPETITION_PENALTY = {
  repetitionPenalty: 'repetition_penalty',
} as const satisfies SamplerFields;
