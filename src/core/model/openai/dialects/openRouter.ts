import { stringOf } from '../json';
import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPETITION_PENALTY, TOP_K } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...REPETITION_PENALTY, ...PENALTIES };

/** OpenRouter: what a model takes depends on who serves it, so nothing is certain; one continuation a request. */
export const openRouter: Dialect = {
  id: 'openrouter',
  name: 'OpenRouter',
  basis: 'documented',
  variesByModel: true,
  signs: {
    answer: ({ id, provider }) =>
      typeof provider === 'string' && (stringOf(id) ?? '').startsWith('gen-'),
  },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: 20 },
      logitBias: 'id',
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'flag', max: 20 },
      logitBias: 'id',
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: 1,
  prefill: { value: 'unknown', evidence: 'It depends on who serves the model.' },
};
