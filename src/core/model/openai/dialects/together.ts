import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPETITION_PENALTY, TOP_K } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...REPETITION_PENALTY, ...PENALTIES };

/** Together: the chat API counts its probabilities as the other one does. */
export const together: Dialect = {
  id: 'together',
  name: 'Together',
  basis: 'documented',
  signs: { headers: { 'x-together-traceid': /./ } },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: 20 },
      logitBias: 'id',
      without: ['stream_options', 'suffix'],
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: 20 },
      logitBias: 'id',
      without: ['stream_options'],
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: 128,
  prefill: { value: 'unknown', evidence: 'Together does not say.' },
};
