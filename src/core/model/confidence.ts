import { encodeSmallFloat } from './smallFloat';

/**
 * Steps of confidence that are shown. Green starts at `sure` and deepens at the two others; tokens
 * under `plain` are marked as unlikely; everything between stays plain.
 */
export type ConfidenceStep = 'low' | 'plain' | 'sure' | 'surer' | 'surest';

/** Where the steps begin, as probabilities: 0 < low < sure < surer < surest < 1. */
export interface Thresholds {
  /** Under it a token is unlikely. */
  low: number;
  sure: number;
  surer: number;
  surest: number;
}

export const THRESHOLDS: Thresholds = { low: 0.01, sure: 0.9, surer: 0.99, surest: 0.999 };

/** The steps, most confident first. */
export interface ConfidenceSteps {
  readonly thresholds: Thresholds;
  readonly list: readonly {
    step: ConfidenceStep;
    /** Its lowest probability. */
    from: number;
    /** The lowest log-probability as it is kept. */
    code: number;
  }[];
}

export function confidenceSteps(thresholds: Thresholds): ConfidenceSteps {
  const { low, sure, surer, surest } = thresholds;
  const from: [ConfidenceStep, number][] = [
    ['surest', surest],
    ['surer', surer],
    ['sure', sure],
    ['plain', low],
    ['low', 0],
  ];
  const list = from.map(([step, p]) => ({ step, from: p, code: encodeSmallFloat(-Math.log(p)) }));
  return { thresholds, list };
}

/** The steps at .9, .99 and .999. */
export const CONFIDENCE_STEPS = confidenceSteps(THRESHOLDS);

/**
 * The step a log-probability (natural, ≤ 0) falls in; `plain` when there is none. Decided at the
 * precision in which probabilities are kept (1 part in 4,096 of the logarithm), so that a token at the
 * very border of a step is the same colour after it was read back.
 */
export function confidenceStep(
  logprob: number | null,
  { list }: ConfidenceSteps = CONFIDENCE_STEPS,
): ConfidenceStep {
  if (logprob === null) {
    return 'plain';
  }
  const own = encodeSmallFloat(Math.max(0, -logprob));
  return list.find(({ code }) => own <= code)?.step ?? 'low';
}

const NAMES = ['low', 'sure', 'surer', 'surest'] as const satisfies readonly (keyof Thresholds)[];

/**
 * Thresholds as somebody wrote them; those left out are the usual ones.
 * @returns undefined when they are no probabilities in ascending order
 */
export function readThresholds(value: unknown): Thresholds | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const given: Record<string, unknown> = { ...THRESHOLDS, ...value };
  const numbers = NAMES.map((name) => given[name]);
  const [low, sure, surer, surest] = numbers.map((p) => (typeof p === 'number' ? p : NaN));
  if (low === undefined || sure === undefined || surer === undefined || surest === undefined) {
    return undefined;
  }
  return 0 < low && low < sure && sure < surer && surer < surest && surest < 1
    ? { low, sure, surer, surest }
    : undefined;
}
