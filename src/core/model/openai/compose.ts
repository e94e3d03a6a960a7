import { fitToModel } from '../../prompt/fitPassage';
import { renderPrompt } from '../../prompt/renderPrompt';
import type { Options, Passage, PassageCut, PromptPart } from '../languageModel';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { bestPlan, choosePlan, type Plan } from './plan';
import { sendable } from './sendable';

/** A request as it goes out by what is known of the server so far. */
export interface Composed {
  plan: Plan;
  parts: readonly PromptPart[];
  /** What of the passage does not go with it, if anything. */
  cut?: PassageCut;
}

/** Chooses how a passage is handed over, cuts it to what there is room for, and words it. */
export function compose(
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
