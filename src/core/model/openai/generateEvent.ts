import type { Event } from './event';
import { countOf, stringOf, type JsonRecord } from './json';
import { logprobEntries } from './logprobs';

/** A line of Ollama's own API `{response, done, done_reason, logprobs: […], eval_count}`; undefined for others. */
export function readGenerateEvent(value: JsonRecord): Event | undefined {
  const text = stringOf(value['response']);
  if (text === undefined || typeof value['done'] !== 'boolean') {
    return undefined;
  }
  const part = {
    index: 0,
    text,
    thinks: (stringOf(value['thinking']) ?? '') !== '',
    refusal: '',
    entries: logprobEntries(value['logprobs']),
    finish: value['done'] ? (stringOf(value['done_reason']) ?? 'stop') : undefined,
  };
  const completionTokens = countOf(value['eval_count']);
  const promptTokens = countOf(value['prompt_eval_count']);
  return completionTokens === undefined && promptTokens === undefined
    ? { choices: [part] }
    : {
        choices: [part],
        usage: { promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0 },
      };
}
