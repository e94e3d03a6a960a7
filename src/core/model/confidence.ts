import { encodeSmallFloat } from './smallFloat';

/**
 * Steps of confidence that are shown. Green starts at p ≥ .9 and deepens at .99 and .999; tokens
 * under `LOW` are marked as unlikely; everything between stays plain.
 */
export type ConfidenceStep = 'low' | 'plain' | 'sure' | 'surer' | 'surest';

/** Lowest probability of each step, most confident first. */
export const CONFIDENCE_STEPS = [
  { step: 'surest', from: 0.999 },
  { step: 'surer', from: 0.99 },
  { step: 'sure', from: 0.9 },
  { step: 'plain', from: 0.01 },
  { step: 'low', from: 0 },
] as const satisfies readonly { step: ConfidenceStep; from: number }[];

/** The lowest log-probability of each step as it is kept, least certain last. */
const KEPT = CONFIDENCE_STEPS.map(({ step, from }) => ({
  step,
  code: encodeSmallFloat(-Math.log(from)),
}));

/**
 * The step a log-probability (natural, ≤ 0) falls in; `plain` when there is none. Decided at the
 * precision in which probabilities are kept (1 part in 4,096 of the logarithm), so that a token at the
 * very border of a step is the same colour after it was read back.
 */
export function confidenceStep(logprob: number | null): ConfidenceStep {
  if (logprob === null) {
    return 'plain';
  }
  const own = encodeSmallFloat(Math.max(0, -logprob));
  return KEPT.find(({ code }) => own <= code)?.step ?? 'low';
}
