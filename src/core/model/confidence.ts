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

/** The step a log-probability (natural, ≤ 0) falls in; `plain` when there is none. */
export function confidenceStep(logprob: number | null): ConfidenceStep {
  if (logprob === null) {
    return 'plain';
  }
  // Rounding of exp(log p) must not push p = .9 under its own step.
  const p = Math.exp(logprob) + 1e-12;
  return CONFIDENCE_STEPS.find(({ from }) => p >= from)?.step ?? 'low';
}
