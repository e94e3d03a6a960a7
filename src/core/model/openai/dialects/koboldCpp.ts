import { stringOf } from '../json';
import type { Dialect } from './dialect';
import { MIN_P, PENALTIES, TOP_K, XTC_AND_DRY } from './samplers';

const samplers = {
  ...MIN_P,
  ...TOP_K,
  ...XTC_AND_DRY,
  ...PENALTIES,
  repetitionPenalty: 'rep_pen',
};

/** KoboldCpp: five alternatives at most, told after a stream at an address of its own. */
export const koboldCpp: Dialect = {
  id: 'koboldcpp',
  name: 'KoboldCpp',
  basis: 'documented',
  signs: {
    kind: 'koboldCpp',
    headers: { server: /kobold/i },
    answer: ({ model }) => (stringOf(model) ?? '').startsWith('koboldcpp/'),
  },
  apis: {
    completions: {
      path: 'completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'count', max: 5 },
      logitBias: 'id',
      without: ['stream_options', 'suffix'],
    },
    chat: {
      path: 'chat/completions',
      tokens: 'max_tokens',
      samplers,
      logprobs: { form: 'flag', max: 5 },
      logitBias: 'id',
      without: ['stream_options'],
    },
  },
  raw: 'completions',
  talk: ['chat'],
  nMax: 1,
  prefill: {
    value: 'yes',
    evidence: 'KoboldCpp goes on with a last message of the assistant.',
    body: { continue_assistant_turn: true },
  },
  lateLogprobs: '../api/extra/last_logprobs',
};
