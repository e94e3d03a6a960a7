import type { Usage } from '../languageModel';
import { countOf, isRecord, listOf, numberOf, stringOf, type JsonRecord } from './json';
import { logprobEntries } from './logprobs';

/** What one event says of one choice. */
export interface ChoicePart {
  index: number;
  text: string;
  /** It also, or only, holds thoughts. */
  thinks: boolean;
  refusal: string;
  /** Entries of the chat shape. */
  entries: readonly JsonRecord[];
  finish: string | undefined;
}

/** One event of a stream, or a whole completion, whatever API it came from. */
export interface Event {
  choices: readonly ChoicePart[];
  usage?: Usage;
}

/** Reads any JSON; what is not understood reads as nothing. */
export function readEvent(value: unknown): Event {
  if (!isRecord(value)) {
    return { choices: [] };
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
