import { stringOf } from '../json';
import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPEAT_PENALTY, TOP_K, XTC_AND_DRY } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...XTC_AND_DRY, ...REPEAT_PENALTY, ...PENALTIES };

/** llama-server: one list of samplers for all its APIs, and probabilities of the chat shape everywhere. */
export const llamaCpp: Dialect = {
  id: 'llama.cpp',
  name: 'llama.cpp',
  basis: 'recorded',
  signs: {
    kind: 'llamaCpp',
    headers: { server: /^llama\.cpp/ },
    answer: ({ timings, system_fingerprint: fingerprint }) =>
      timings !== undefined || /^b\d+-[0-9a-f]+$/.test(stringOf(fingerprint) ?? ''),
  },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: Infinity },
      logitBias: 'text',
      without: ['suffix'],
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'flag', max: Infinity },
      logitBias: 'text',
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: Infinity,
  prefill: {
    value: 'yes',
    evidence: 'llama.cpp goes on with a last message of the assistant.',
    body: { continue_final_message: true, add_generation_prompt: false },
  },
};
