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

/** What an API takes: text as it stands, or messages. */
export type Side = 'raw' | 'talk';

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
    const wanted = sideOf(strategy);
    if (api === 'auto' || sideOfApi(api) === wanted) {
      return fallBack({ api: apiFor(wanted, endpoint, learned, strategy), strategy }, learned);
    }
  }
  const isRaw = api === 'auto' ? learned.rawText.value !== 'no' : sideOfApi(api) === 'raw';
  if (isRaw) {
    return { api: apiFor('raw', endpoint, learned), strategy: 'raw' };
  }
  const prefill = learned.prefill.value === 'yes' && api !== 'responses';
  const way = prefill ? 'prefill' : 'few-shot';
  return { api: apiFor('talk', endpoint, learned, way), strategy: way };
}

/** Whether the server's answer may decide between the two APIs. */
export function mayChat({ api = 'auto', strategy = 'auto' }: Endpoint): boolean {
  return api === 'auto' && (strategy === 'auto' || sideOf(strategy) === 'talk');
}

/** The API of a side: the one that was set, else the best of those that the server has. */
export function apiFor(
  side: Side,
  { api = 'auto' }: Endpoint,
  learned: Learned,
  strategy?: Strategy,
): Api {
  const { raw = 'completions', talk } = learned.dialect;
  if (side === 'raw') {
    return raw;
  }
  if (api === 'chat' || api === 'responses') {
    return api;
  }
  // Only the chat API goes on with a message that has begun.
  return strategy === 'prefill'
    ? 'chat'
    : (talk.find((one) => learned.api(one).value !== 'no') ?? talk[0] ?? 'chat');
}

function sideOf(strategy: Strategy): Side {
  return strategy === 'raw' || strategy === 'infill' ? 'raw' : 'talk';
}

/** What is handed to an API that was set. */
export function sideOfApi(api: Exclude<Endpoint['api'], 'auto' | undefined>): Side {
  return api === 'completions' ? 'raw' : 'talk';
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
