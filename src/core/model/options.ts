import { VariorumError } from './error';
import type { Options } from './languageModel';

/** What is used where the writer chose nothing. */
export const DEFAULT_OPTIONS = {
  n: 5,
  maxTokens: 120,
  temperature: 1,
  topP: 1,
  minP: 0,
  alternatives: 5,
} as const satisfies Options;

/** The options that are numbers. */
type NumericOption = Exclude<keyof Options, 'reach' | 'ban'>;

/** The allowed range of each number, both ends inclusive. */
export const OPTION_RANGES = {
  n: { min: 1, max: 64, integer: true },
  maxTokens: { min: 1, max: 100_000, integer: true },
  temperature: { min: 0, max: 10, integer: false },
  topP: { min: 0.0001, max: 1, integer: false },
  minP: { min: 0, max: 0.9999, integer: false },
  topK: { min: 0, max: 1_000_000, integer: true },
  xtcProbability: { min: 0, max: 1, integer: false },
  xtcThreshold: { min: 0.0001, max: 1, integer: false },
  dryMultiplier: { min: 0, max: 100, integer: false },
  dryBase: { min: 1, max: 100, integer: false },
  dryAllowedLength: { min: 1, max: 1_000, integer: true },
  repetitionPenalty: { min: 0.01, max: 10, integer: false },
  frequencyPenalty: { min: -2, max: 2, integer: false },
  presencePenalty: { min: -2, max: 2, integer: false },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
  alternatives: { min: 0, max: 100, integer: true },
  context: { min: 100, max: 10_000_000, integer: true },
} as const satisfies Record<NumericOption, { min: number; max: number; integer: boolean }>;

/** @throws VariorumError `bad-request` naming the first option that is out of range. */
export function checkOptions(options: Options): void {
  const name = outOfRange(options);
  if (name !== undefined) {
    const { min, max, integer } = OPTION_RANGES[name];
    throw new VariorumError({
      code: 'bad-request',
      message: `${name} is ${options[name]}, which is out of range.`,
      action: `Give ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
      retryable: false,
    });
  }
}

/** The first option that is out of range, or no number at all: settings can hold anything. */
export function outOfRange(options: Options): NumericOption | undefined {
  const names = Object.keys(OPTION_RANGES) as NumericOption[];
  return names.find((name) => {
    const value: unknown = options[name];
    const { min, max, integer } = OPTION_RANGES[name];
    const isWithin = typeof value === 'number' && value >= min && value <= max;
    return value !== undefined && (!isWithin || (integer && !Number.isInteger(value)));
  });
}
