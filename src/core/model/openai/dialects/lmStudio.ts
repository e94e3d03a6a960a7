import { isRecord } from '../json';
import type { Dialect } from './dialect';
import { PENALTIES, REPEAT_PENALTY, TOP_K } from './samplers';

const samplers = { ...TOP_K, ...REPEAT_PENALTY, ...PENALTIES };

/** LM Studio: probabilities come by the Responses API alone; its chat API leaves them out in silence. */
export const lmStudio: Dialect = {
  id: 'lm-studio',
  name: 'LM Studio',
  basis: 'documented',
  signs: { kind: 'lmStudio', answer: ({ stats }) => isRecord(stats) },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'none', max: 0 },
      logitBias: 'id',
    },
    responses: {
      path: 'responses',
      tokens: 'max_output_tokens',
      samplers: {},
      logprobs: { form: 'include', max: 20 },
      logitBias: 'none',
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'none', max: 0 },
      logitBias: 'id',
    },
  },
  raw: 'completions',
  talk: ['responses', 'chat'],
  nMax: 1,
  prefill: { value: 'unknown', evidence: 'LM Studio does not say.' },
};
