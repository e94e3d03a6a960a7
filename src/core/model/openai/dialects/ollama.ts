import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPEAT_PENALTY, TOP_K } from './samplers';

/**
 * Ollama. Its completions API puts the text into the model's chat template: raw text goes to the native API.
 * The compatible one takes no samplers of its own, and one continuation a request.
 */
export const ollama: Dialect = {
  id: 'ollama',
  name: 'Ollama',
  basis: 'documented',
  signs: { kind: 'ollama', answer: (event) => event['system_fingerprint'] === 'fp_ollama' },
  apis: {
    generate: {
      path: '../api/generate',
      tokens: 'num_predict',
      samplers: { ...MIN_P, ...TOP_K, ...REPEAT_PENALTY, ...PENALTIES },
      logprobs: { form: 'flag', max: 20 },
      logitBias: 'none',
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers: PENALTIES,
      logprobs: { form: 'flag', max: 20 },
      logitBias: 'none',
    },
  },
  raw: 'generate',
  talk: ['chat'],
  nMax: 1,
  prefill: { value: 'unknown', evidence: 'It depends on the model’s template.' },
};
