import type { Dialect } from './dialect';
import { PENALTIES } from './samplers';

/** OpenAI: chat, Responses, and the legacy completions of its few base models. */
export const openai: Dialect = {
  id: 'openai',
  name: 'OpenAI',
  basis: 'documented',
  signs: { headers: { 'openai-processing-ms': /^\d/, 'openai-version': /./ } },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers: PENALTIES,
      logprobs: { form: 'count', max: 5 },
      logitBias: 'id',
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_completion_tokens',
      samplers: PENALTIES,
      logprobs: { form: 'flag', max: 20 },
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
  talk: ['chat', 'responses'],
  nMax: 128,
  prefill: { value: 'no', evidence: 'OpenAI’s API does not go on with a message that has begun.' },
};
