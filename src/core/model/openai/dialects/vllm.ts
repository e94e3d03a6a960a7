import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, REPETITION_PENALTY, TOP_K } from './samplers';

const samplers = { ...MIN_P, ...TOP_K, ...REPETITION_PENALTY, ...PENALTIES };

/** vLLM: `--max-logprobs` bounds the alternatives, 20 unless told otherwise. */
export const vllm: Dialect = {
  id: 'vllm',
  name: 'vLLM',
  basis: 'documented',
  signs: { kind: 'vllm', answer: (event) => 'kv_transfer_params' in event },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: 20 },
      logitBias: 'id',
      without: ['suffix'],
      own: ['prompt_logprobs', 'return_token_ids'],
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
  nMax: Infinity,
  prefill: {
    value: 'yes',
    evidence: 'vLLM goes on with the last message when told so.',
    body: { continue_final_message: true, add_generation_prompt: false },
  },
};
