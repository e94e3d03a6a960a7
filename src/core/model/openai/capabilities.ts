import { SAMPLER_NAMES, type Capabilities, type Capability } from '../languageModel';
import type { Api } from './api';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { apiFor, bestPlan, sideOfApi, type Side } from './plan';

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
    logprobs: { ...logprobs, semantics: learned.logprobDetail(api).semantics ?? 'unknown' },
    alternatives: { ...logprobs, max: Math.min(USUAL_TOP, learned.maxTop(api)) },
    score,
    raw: reached(endpoint, 'raw', learned),
    chat: reached(endpoint, 'talk', learned),
    prefill: chosen(endpoint, 'prefill', learned.prefill),
    infill: chosen(endpoint, 'infill', learned.infill),
    seed: api === 'responses' ? no('The Responses API takes no seed.') : learned.seed,
    embed: no('Servers of this kind are not asked to embed text.'),
    samplers: samplersOf(api, learned),
    ...banOf(api, learned),
  };
}

/** Where the writer has set which API is used, the other side is not. */
function reached(endpoint: Endpoint, side: Side, learned: Learned): Capability {
  const { api = 'auto' } = endpoint;
  if (api !== 'auto' && sideOfApi(api) !== side) {
    return no('Another API is set for this model.');
  }
  return side === 'raw' ? learned.rawText : learned.api(apiFor(side, endpoint, learned));
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
