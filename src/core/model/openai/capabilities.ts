import type { Capabilities, Capability } from '../languageModel';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { bestPlan } from './plan';

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
    raw: learned.rawText,
    chat: learned.api('chat'),
    prefill: chosen(endpoint, 'prefill', learned.prefill),
    infill: chosen(endpoint, 'infill', learned.infill),
    seed: learned.seed,
    embed: no('Servers of this kind are not asked to embed text.'),
  };
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
