import { SAMPLER_NAMES, type Options, type SamplerName } from './languageModel';

/** Samplers that do nothing unless another one is above 0. */
const NEEDS: Readonly<Partial<Record<SamplerName, SamplerName>>> = {
  xtcThreshold: 'xtcProbability',
  dryBase: 'dryMultiplier',
  dryAllowedLength: 'dryMultiplier',
};

/**
 * The samplers that a request has to name. `minP` at 0 asks for nothing, as it is never absent; the others
 * are named at any value, since a server may have another one of its own.
 */
export function samplersAsked(options: Options): Partial<Record<SamplerName, number>> {
  const asked = SAMPLER_NAMES.flatMap((name) => {
    const value = options[name];
    const needs = NEEDS[name];
    const isIdle =
      value === undefined ||
      (name === 'minP' && value === 0) ||
      (needs !== undefined && !((options[needs] ?? 0) > 0));
    return isIdle ? [] : [[name, value] as const];
  });
  return Object.fromEntries(asked);
}
