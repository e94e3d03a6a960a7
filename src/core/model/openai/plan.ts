import { strategyFor } from '../../prompt/renderPrompt';
import type { Options, Passage, Strategy } from '../languageModel';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import type { Api } from './wire';

/** Which API a request goes to and how it hands the prose over. */
export interface Plan {
  api: Api;
  strategy: Strategy;
}

/** How a passage is handed over: a draft too short for examples gets none. */
export function choosePlan(
  endpoint: Endpoint,
  learned: Learned,
  passage: Passage,
  options: Options,
): Plan {
  const { api, strategy } = bestPlan(endpoint, learned);
  return { api, strategy: strategyFor(passage, strategy, options) };
}

/** The best that is known to work, or not known not to: raw completion, prefill, few-shot, instruction. */
export function bestPlan(endpoint: Endpoint, learned: Learned): Plan {
  const { api = 'auto', strategy = 'auto' } = endpoint;
  if (strategy !== 'auto') {
    const wanted = apiOf(strategy);
    if (api === 'auto' || api === wanted) {
      return fallBack({ api: wanted, strategy }, learned);
    }
  }
  const completions = api === 'completions' || (api === 'auto' && learned.rawText.value !== 'no');
  if (completions) {
    return { api: 'completions', strategy: 'raw' };
  }
  const prefill = learned.prefill.value === 'yes';
  return { api: 'chat', strategy: prefill ? 'prefill' : 'few-shot' };
}

/** Whether the server's answer may decide between the two APIs. */
export function mayChat({ api = 'auto', strategy = 'auto' }: Endpoint): boolean {
  return api === 'auto' && (strategy === 'auto' || apiOf(strategy) === 'chat');
}

function apiOf(strategy: Strategy): Api {
  return strategy === 'raw' || strategy === 'infill' ? 'completions' : 'chat';
}

function fallBack(plan: Plan, learned: Learned): Plan {
  if (plan.strategy === 'prefill' && learned.prefill.value === 'no') {
    return { ...plan, strategy: 'few-shot' };
  }
  if (plan.strategy === 'infill' && learned.infill.value === 'no') {
    return { ...plan, strategy: 'raw' };
  }
  return plan;
}
