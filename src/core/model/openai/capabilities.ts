import type { Capabilities, Capability } from '../languageModel';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { bestPlan } from './plan';
import type { Api } from './wire';

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
    raw: reached(endpoint, 'completions', learned),
    chat: reached(endpoint, 'chat', learned),
    prefill: chosen(endpoint, 'prefill', learned.prefill),
    infill: chosen(endpoint, 'infill', learned.infill),
    seed: learned.seed,
    embed: no('Servers of this kind are not asked to embed text.'),
  };
}

/** Where the writer has set which API is used, the other one is not. */
function reached({ api = 'auto' }: Endpoint, which: Api, learned: Learned): Capability {
  return api === 'auto' || api === which
    ? learned.api(which)
    : no('Another API is set for this model.');
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
