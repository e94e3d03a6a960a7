import { isRecord } from '../json';
import type { Dialect } from './dialect';
import { PENALTIES } from './samplers';

/** DeepSeek: raw text and messages that have begun go to /beta, whatever the base URL is. */
export const deepSeek: Dialect = {
  id: 'deepseek',
  name: 'DeepSeek',
  basis: 'documented',
  signs: {
    answer: ({ usage }) => isRecord(usage) && 'prompt_cache_miss_tokens' in usage,
  },
  apis: {
    completions: {
      path: '../beta/completions',
      tokens: 'max_tokens',
      samplers: PENALTIES,
      logprobs: { form: 'count', max: 20 },
      logitBias: 'none',
      without: ['seed'],
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers: PENALTIES,
      logprobs: { form: 'flag', max: 20 },
      logitBias: 'none',
      without: ['seed'],
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: 1,
  prefill: {
    value: 'yes',
    evidence: 'DeepSeek goes on with a last message that is marked as a prefix.',
    message: { prefix: true },
    path: '../beta/chat/completions',
  },
};
