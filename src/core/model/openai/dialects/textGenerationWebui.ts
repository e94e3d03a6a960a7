import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPETITION_PENALTY, TOP_K, XTC_AND_DRY } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...XTC_AND_DRY, ...REPETITION_PENALTY, ...PENALTIES };

/** text-generation-webui: one continuation a stream. */
export const textGenerationWebui: Dialect = {
  id: 'text-generation-webui',
  name: 'text-generation-webui',
  basis: 'documented',
  signs: { kind: 'textGenerationWebui' },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: Infinity },
      logitBias: 'id',
      without: ['suffix'],
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'flag', max: Infinity },
      logitBias: 'id',
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: 1,
  prefill: {
    value: 'yes',
    evidence: 'text-generation-webui goes on with the last message when told so.',
    body: { continue_: true },
  },
};
