import { SAMPLER_NAMES, type Capabilities, type Capability } from '../languageModel';
import type { Api } from './api';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { apiFor, bestPlan } from './plan';

/** What is asked for where no bound is known: every server seen takes as many. */
const USUAL_TOP = 20;

/** What the settings say and the answers have shown. */
export function describeCapabilities(
  endpoint: Endpoint,
  learned: Learned,
  score: Capability,
): Capabilities {
  const { api } = bestPlan(endpoint, learned);
  const logprobs = learned.logprobs(api);
  return {
    logprobs: { ...logprobs, semantics: 'unknown' },
    alternatives: { ...logprobs, max: Math.min(USUAL_TOP, learned.maxTop(api)) },
    score,
    raw: learned.api(apiFor('raw', endpoint, learned)),
    chat: learned.api(apiFor('talk', endpoint, learned)),
    prefill: chosen(endpoint, 'prefill', learned.prefill),
    infill: chosen(endpoint, 'infill', learned.infill),
    seed: api === 'responses' ? no('The Responses API takes no seed.') : learned.seed,
    embed: no('Servers of this kind are not asked to embed text.'),
    samplers: samplersOf(api, learned),
    ...banOf(api, learned),
  };
}

function banOf(api: Api, learned: Learned): Pick<Capabilities, 'ban'> {
  const by = learned.facts(api).logitBias;
  const refusal = learned.refusal('logit_bias');
  const { name, basis } = learned.dialect;
  if (by === 'none' || refusal !== undefined) {
    return {};
  }
  const value = basis === 'none' ? 'unknown' : 'yes';
  return { ban: { value, by, evidence: `${name} takes logit_bias by ${by}.` } };
}

/** What its kind of server takes by the API that writes, less what this one has refused. */
function samplersOf(api: Api, learned: Learned): NonNullable<Capabilities['samplers']> {
  const { name: server, basis, variesByModel = false } = learned.dialect;
  const { samplers } = learned.facts(api);
  return Object.fromEntries(
    SAMPLER_NAMES.flatMap((name) => {
      const field = samplers[name];
      if (field === undefined) {
        return [];
      }
      const refusal = learned.refusal(field);
      const known: Capability =
        basis === 'none' || variesByModel
          ? { value: 'unknown', evidence: 'It is sent when it is set; nothing is known before.' }
          : { value: 'yes', evidence: `${server} takes ${field}.` };
      return [[name, refusal === undefined ? known : no(refusal)]];
    }),
  );
}

/** What was set counts until an answer has shown the contrary. */
function chosen(endpoint: Endpoint, strategy: 'prefill' | 'infill', seen: Capability): Capability {
  return seen.value === 'unknown' && endpoint.strategy === strategy
    ? { value: 'yes', evidence: 'It is set so for this model.' }
    : seen;
}

function no(evidence: string): Capability {
  return { value: 'no', evidence };
}
