import { withLf } from '../../text/lineEnds';
import type { Run, Token } from '../token';
import { EntryReader, type Entry } from './entry';
import { countOf, isRecord, listOf, stringOf, type JsonRecord } from './json';
import { logprobEntries } from './logprobs';
import { Tiler } from './tiler';

/** A server's answer about a text that it was given; `problem` says why it holds nothing. */
export type PromptAnswer =
  | { run: Run }
  | { problem: string }
  /** The same request is worth making again: with what was learnt, or for less. */
  | { again: 'as learnt' | 'without alternatives' };

/**
 * Reads an answer to `echo`: the text given comes back with its tokens, one more written perhaps. Some
 * servers put it under `prompt` instead.
 * @param text what was given, lines ended by LF
 */
export function readEcho(answer: unknown, text: string): PromptAnswer {
  const choice = firstOf(answer, 'choices');
  const given = firstOf(answer, 'prompt') ?? choice;
  const echoed = withLf(stringOf(given?.['text']) ?? '');
  const entries = logprobEntries(given?.['logprobs']);
  if (text === '' || !echoed.startsWith(text)) {
    return { problem: 'It was asked to give the text back (echo) and did not.' };
  }
  return entries.length < 2 ? { problem: NO_NUMBERS } : { run: tiled(entries, text) };
}

/**
 * Reads `prompt_logprobs`: for each token but the first a dictionary by token id of the token itself and
 * its alternatives. JSON readers lose the order of such a dictionary, so which one is the token itself is
 * told by `prompt_token_ids`, or by there being no other.
 */
export function readPromptLogprobs(answer: unknown, text: string): PromptAnswer {
  const choice = firstOf(answer, 'choices');
  const holder = listOf(choice?.['prompt_logprobs']) === undefined ? answer : choice;
  const lists = isRecord(holder) ? listOf(holder['prompt_logprobs']) : undefined;
  if (lists === undefined || lists.length === 0) {
    return { problem: NO_NUMBERS };
  }
  const ids = listOf(choice?.['prompt_token_ids']) ?? [];
  const entries: JsonRecord[] = [];
  for (const [i, list] of lists.entries()) {
    const own = isRecord(list) ? ownKey(list, ids[i]) : '';
    if (own === undefined) {
      return { again: 'without alternatives' };
    }
    entries.push(isRecord(list) ? entryOf(list, own) : { token: '', logprob: null });
  }
  return { run: tiled(entries, text, lists[0] === null) };
}

const NO_NUMBERS = 'It was asked for the probabilities of the text given and sent none.';

/** The key of the token that stands in the text; undefined where that cannot be told. */
function ownKey(list: JsonRecord, id: unknown): string | undefined {
  const keys = Object.keys(list);
  if (countOf(id) !== undefined && String(id) in list) {
    return String(id);
  }
  return keys.length === 1 ? keys[0] : undefined;
}

function entryOf(list: JsonRecord, own: string): JsonRecord {
  const named = Object.entries(list).map(([id, item]) => ({
    id: Number(id),
    token: isRecord(item) ? (stringOf(item['decoded_token']) ?? '') : '',
    logprob: isRecord(item) ? item['logprob'] : item,
  }));
  const token = named.find(({ id }) => String(id) === own);
  // Alone it says nothing of alternatives; it would be listed as one of itself.
  return { ...token, top_logprobs: named.length > 1 ? named : [] };
}

/** The entries laid over the text: they tile it. */
function tiled(entries: readonly JsonRecord[], text: string, firstIsNameless = false): Run {
  const reader = new EntryReader();
  const read = entries.map((entry) => reader.read(entry));
  const tiler = new Tiler();
  const tokens = firstIsNameless ? tileNameless(tiler, read, text) : tiler.add(text, read);
  return { semantics: 'unknown', bytes: bytesOf(entries), tokens: withFirst(tokens, entries[0]) };
}

/** The first token has no entry, so its text is what stands before the second one's. */
function tileNameless(tiler: Tiler, entries: readonly Entry[], text: string): Token[] {
  const rest = entries.slice(1);
  const known = rest.map((entry) => entry.text).join('');
  const length = text.endsWith(known) ? text.length - known.length : 0;
  const name: Entry = {
    text: text.slice(0, length),
    silent: length === 0,
    token: { logprob: null, missing: 'first', alternatives: [], tail: null },
  };
  return tiler.add(text, [name, ...rest]);
}

/** What comes first has no number, since nothing stands before it. */
function withFirst(tokens: readonly Token[], first: JsonRecord | undefined): Token[] {
  const isNull = first !== undefined && (first['logprob'] ?? null) === null;
  return tokens.map((token, i) =>
    i === 0 && isNull && token.logprob === null ? { ...token, missing: 'first' as const } : token,
  );
}

function bytesOf(entries: readonly JsonRecord[]): Run['bytes'] {
  return entries.some(({ bytes }) => listOf(bytes) !== undefined) ? 'exact' : 'none';
}

function firstOf(answer: unknown, name: string): JsonRecord | undefined {
  const [first] = (isRecord(answer) ? listOf(answer[name]) : undefined) ?? [];
  return isRecord(first) ? first : undefined;
}
