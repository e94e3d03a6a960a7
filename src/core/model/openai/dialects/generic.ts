import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPETITION_PENALTY, TOP_K } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...REPETITION_PENALTY, ...PENALTIES };

/** A server that nothing is known of: it is asked for everything, and its refusals teach the rest. */
export const generic: Dialect = {
  id: 'generic',
  name: 'OpenAI-compatible server',
  basis: 'none',
  signs: {},
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: Infinity },
      logitBias: 'id',
    },
    chat: {
      path: 'chat/completions',
      samplers,
      logprobs: { form: 'flag', max: Infinity },
      logitBias: 'id',
    },
    responses: {
      path: 'responses',
      tokens: 'max_output_tokens',
      samplers: {},
      logprobs: { form: 'include', max: 20 },
      logitBias: 'none',
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: Infinity,
  prefill: {
    value: 'unknown',
    evidence: 'Not tried yet.',
    body: { continue_final_message: true, add_generation_prompt: false },
  },
};
