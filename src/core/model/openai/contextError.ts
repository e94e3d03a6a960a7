import type { ModelError } from '../error';
import { countOf, isRecord } from './json';
import { serverMessage } from './serverMessage';

const CODES = new Set(['context_length_exceeded', 'exceed_context_size_error']);
const WORDS =
  /context (length|window|size)|(exceeds?|maximum|too many|too long)[^.]{0,60}\btokens\b|prompt is too long/i;

/** The error of a request that is longer than the model takes, saying how much so; undefined for others. */
export function contextError(body: unknown): ModelError | undefined {
  const { code, type, text } = serverMessage(body);
  if (!CODES.has(code) && !CODES.has(type) && !WORDS.test(text)) {
    return undefined;
  }
  const { asked, limit } = sizes(body, text);
  return {
    code: 'context',
    message: sentence(asked, limit),
    action:
      'Shorten the notes and the instruction, ask for fewer tokens, or choose a model with a longer context.',
    retryable: false,
  };
}

/** Tokens that a model takes, by its refusal of a longer request; undefined where it does not say, or refuses for another reason. */
export function contextLimit(body: unknown): number | undefined {
  return contextError(body) && sizes(body, serverMessage(body).text).limit;
}

function sentence(asked: number | undefined, limit: number | undefined): string {
  const takes = limit === undefined ? 'fewer than that' : `${limit} tokens`;
  return asked === undefined
    ? `The passage is longer than the model takes${limit === undefined ? '' : `, which is ${takes}`}.`
    : `The passage is ${asked} tokens long; the model takes ${takes}.`;
}

/** Fields say it best; else the limit stands first in the sentence, and what was asked for is above it. */
function sizes(body: unknown, text: string): { asked?: number; limit?: number } {
  const inner = isRecord(body) && isRecord(body['error']) ? body['error'] : body;
  if (isRecord(inner)) {
    const asked = countOf(inner['n_prompt_tokens']);
    const limit = countOf(inner['n_ctx']);
    if (asked !== undefined && limit !== undefined) {
      return { asked, limit };
    }
  }
  const numbers = Array.from(text.matchAll(/\d[\d,]*/g), ([digits]) =>
    Number(digits.replaceAll(',', '')),
  );
  const limit = numbers.find((number) => number >= 64);
  const asked = numbers.find((number) => limit !== undefined && number > limit);
  return { ...(asked === undefined ? {} : { asked }), ...(limit === undefined ? {} : { limit }) };
}
