import type { LogprobDetail } from '../capability/flags';
import { readEvent } from '../openai/choices';
import { countOf, isRecord, listOf, numberOf, stringOf, type JsonRecord } from '../openai/json';
import { logprobEntries } from '../openai/logprobs';
import type { Reply } from './send';

/** One continuation that came, with the entries of its tokens as the server sent them. */
export interface Sampled {
  index: number;
  text: string;
  entries: readonly JsonRecord[];
}

/** What was written in answer to a request. */
export interface Sample {
  choices: readonly Sampled[];
  /** How long the prompt was, where the server tells it. */
  promptTokens: number | undefined;
  /** Undefined where no probabilities came. */
  shape: LogprobDetail['shape'];
  /** It thought, and this is not what it thought. */
  thinks: boolean;
}

/** Reads any answer, streamed or whole. */
export function sampleOf({ events }: Reply): Sample {
  const choices = new Map<number, { text: string; entries: JsonRecord[] }>();
  let promptTokens: number | undefined;
  let thinks = false;
  for (const event of events) {
    const { choices: parts, usage } = readEvent(event);
    promptTokens = usage?.promptTokens ?? promptTokens;
    for (const part of parts) {
      const known = choices.get(part.index) ?? { text: '', entries: [] };
      known.text += part.text;
      known.entries.push(...part.entries);
      thinks ||= part.thinks;
      choices.set(part.index, known);
    }
  }
  const sorted = [...choices].sort(([a], [b]) => a - b);
  return {
    choices: sorted.map(([index, choice]) => ({ index, ...choice })),
    promptTokens,
    shape: shapeOf(events),
    thinks,
  };
}

function shapeOf(events: readonly unknown[]): LogprobDetail['shape'] {
  const found = events
    .flatMap((event) => (isRecord(event) ? (listOf(event['choices']) ?? []) : []))
    .flatMap((choice) => (isRecord(choice) ? [choice['logprobs']] : []))
    .filter((logprobs) => logprobEntries(logprobs).length > 0);
  const has = (name: string) =>
    found.some((logprobs) => isRecord(logprobs) && listOf(logprobs[name]) !== undefined);
  const content = has('content') || found.some((logprobs) => listOf(logprobs) !== undefined);
  const legacy = has('tokens');
  return content && legacy ? 'both' : content ? 'content' : legacy ? 'legacy' : undefined;
}

/** A token and the logarithm of its probability. */
export interface Listed {
  name: string;
  logprob: number;
  id: number | undefined;
}

/** The alternatives of an entry, most probable first. */
export function topOf(entry: JsonRecord | undefined): Listed[] {
  const items = (listOf(entry?.['top_logprobs']) ?? []).filter(isRecord);
  return items.flatMap((item) => listedOf(item) ?? []).sort((a, b) => b.logprob - a.logprob);
}

/** The token that an entry says was emitted. */
export function emittedOf(entry: JsonRecord | undefined): Listed | undefined {
  return entry && listedOf(entry);
}

function listedOf(item: JsonRecord): Listed | undefined {
  const logprob = numberOf(item['logprob']);
  const token = stringOf(item['token']) ?? '';
  const id = countOf(item['id']) ?? countOf(item['token_id']);
  // Pieces of characters share one text.
  const bytes = listOf(item['bytes']);
  const name = id === undefined ? `${token} ${bytes?.join() ?? ''}` : String(id);
  return logprob === undefined ? undefined : { name, logprob, id };
}
