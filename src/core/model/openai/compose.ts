import { fitToModel } from '../../prompt/fitPassage';
import { renderPrompt } from '../../prompt/renderPrompt';
import { VariorumError } from '../error';
import type { Options, Passage, PassageCut, PromptPart, Said } from '../languageModel';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { apiFor, bestPlan, choosePlan, type Plan } from './plan';
import { sendable } from './sendable';

/** What a model is asked: to go on from a passage, or to answer what it is told. */
export type Ask = { kind: 'continue'; passage: Passage } | { kind: 'answer'; said: Said };

/** A request as it goes out by what is known of the server so far. */
export interface Composed {
  plan: Plan;
  parts: readonly PromptPart[];
  /** What of the passage does not go with it, if anything. */
  cut?: PassageCut;
}

/**
 * Chooses how a passage is handed over, cuts it to what there is room for, and words it; what a model is told
 * goes out as it stands.
 * @throws VariorumError `unsupported` when the server has shown that it cannot be told this
 */
export function compose(
  endpoint: Endpoint,
  learned: Learned,
  ask: Ask,
  options: Options,
): Composed {
  return ask.kind === 'answer'
    ? tell(ask.said, endpoint, learned)
    : composePassage(endpoint, learned, ask.passage, options);
}

function tell(said: Said, endpoint: Endpoint, learned: Learned): Composed {
  const { model } = endpoint;
  const isRaw = said.kind === 'text';
  const api = apiFor(isRaw ? 'raw' : 'talk', endpoint, learned);
  const { value, evidence } = learned.api(api);
  if (value === 'no') {
    throw new VariorumError({
      code: 'unsupported',
      message: isRaw
        ? `${model} does not go on with raw text. ${evidence}`
        : `${model} cannot be told anything in messages. ${evidence}`,
      action: 'Choose another model.',
      retryable: false,
    });
  }
  return isRaw
    ? { plan: { api, strategy: 'raw' }, parts: [{ role: 'text', text: said.text }] }
    : { plan: { api, strategy: 'instruction' }, parts: said.messages };
}

function composePassage(
  endpoint: Endpoint,
  learned: Learned,
  passage: Passage,
  options: Options,
): Composed {
  const { strategy } = bestPlan(endpoint, learned);
  const { passage: sent, cut } = fitToModel(passage, strategy, options, learned.contextLength);
  const plan = choosePlan(endpoint, learned, sent, options);
  const parts = renderPrompt(sendable(sent, learned), plan.strategy, options);
  return { plan, parts, ...(cut ? { cut } : {}) };
}
