import type { Usage } from '../languageModel';
import type { ChoicePart, Event } from './event';
import { readGenerateEvent } from './generateEvent';
import { countOf, isRecord, listOf, numberOf, stringOf } from './json';
import { logprobEntries } from './logprobs';
import { readResponseEvent } from './responseEvent';

export type { ChoicePart } from './event';

/** Reads any JSON; what is not understood reads as nothing. */
export function readEvent(value: unknown): Event {
  if (!isRecord(value)) {
    return { choices: [] };
  }
  const own = readResponseEvent(value) ?? readGenerateEvent(value);
  if (own !== undefined) {
    return own;
  }
  const choices = (listOf(value['choices']) ?? []).map(readChoice);
  const usage = readUsage(value['usage']);
  return { choices, ...(usage ? { usage } : {}) };
}

function readChoice(value: unknown, position: number): ChoicePart {
  const choice = isRecord(value) ? value : {};
  const said = [choice['delta'], choice['message'], choice].find(isRecord) ?? choice;
  return {
    index: countOf(choice['index']) ?? position,
    text: textOf(said['content']) || (stringOf(choice['text']) ?? ''),
    thinks: ['reasoning_content', 'reasoning', 'thinking'].some((name) => hasText(said[name])),
    refusal: stringOf(said['refusal']) ?? '',
    entries: logprobEntries(choice['logprobs']),
    finish: stringOf(choice['finish_reason']),
  };
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Content is a string, or a list of parts of which only those of text are said. */
function textOf(content: unknown): string {
  const parts = listOf(content);
  if (parts === undefined) {
    return stringOf(content) ?? '';
  }
  return parts
    .filter(isRecord)
    .filter(({ type }) => type === 'text' || type === 'output_text')
    .map(({ text }) => stringOf(text) ?? '')
    .join('');
}

function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const promptTokens = countOf(value['prompt_tokens']);
  const completionTokens = countOf(value['completion_tokens']);
  if (promptTokens === undefined && completionTokens === undefined) {
    return undefined;
  }
  const cost = numberOf(value['cost']);
  return {
    promptTokens: promptTokens ?? 0,
    completionTokens: completionTokens ?? 0,
    ...(cost === undefined ? {} : { cost }),
  };
}
