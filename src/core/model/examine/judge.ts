import type { Run } from '../token';
import { listOf, isRecord, stringOf, type JsonRecord } from '../openai/json';
import { emittedOf, topOf, type Listed, type Sampled } from './sample';

/** Slots and batches of one server differ by some 1e-4; a temperature of one half by far more. */
const SAME_LOGPROB = 0.05;

/** Whether two lists of one place say the same; undefined where too little is in both to tell. */
export function compareLists(
  a: readonly Listed[],
  b: readonly Listed[],
): 'same' | 'changed' | undefined {
  const known = new Map(b.map(({ name, logprob }) => [name, logprob]));
  const shared = a.filter(({ name }) => known.has(name));
  const differs = shared.some(
    ({ name, logprob }) => Math.abs(logprob - (known.get(name) ?? 0)) > SAME_LOGPROB,
  );
  if (differs) {
    return 'changed';
  }
  return shared.length >= 2 ? 'same' : undefined;
}

/** How a chat answers raw text instead of going on with it. */
const TALK =
  /<\|?(?:im_|start_header|end_of_turn|start_of_turn|assistant|user|eot)|(?:^|\n)\s*(?:assistant|user|human|ai)\s*:|^\W*(?:sure|certainly|of course|here(?:'|’)?s|here is|it (?:looks|seems|appears)|i(?:'|’)m sorry|i (?:am|can)|as an ai|your (?:message|text|sentence))\b/iu;

/**
 * What comes after text that breaks off within a sentence: `on` goes on with it · `answers` talks about it,
 * or begins anew · undefined where nothing was said.
 */
export function wayOn(text: string, before: string): 'on' | 'answers' | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  const beginsAnew = before.startsWith(text.trimStart().slice(0, 12));
  // A sentence that has begun goes on with a small letter, or a name after a space.
  const fits = /^(?: ?\p{Ll}| \p{Lu}\p{Ll}|[,;:.-])/u.test(text);
  return TALK.test(text) || beginsAnew || !fits ? 'answers' : 'on';
}

/** The least probability of writing the same by chance that still proves nothing. */
const BY_CHANCE = 0.05;

/** Whether the same seed gave the same, and whether that means anything. */
export function sameSeed(
  first: readonly Sampled[],
  second: readonly Sampled[],
): 'same' | 'other' | 'unclear' {
  const texts = first.map(({ text }) => text);
  if (texts.length === 0 || texts.length !== second.length || texts.every((text) => text === '')) {
    return 'unclear';
  }
  if (texts.some((text, i) => text !== second[i]?.text)) {
    return 'other';
  }
  if (new Set(texts).size > 1) {
    return 'same';
  }
  const logprobs = (first[0]?.entries ?? []).map((entry) => emittedOf(entry)?.logprob ?? 0);
  const chance = Math.exp(logprobs.reduce((sum, logprob) => sum + logprob, 0));
  return logprobs.length > 0 && chance < BY_CHANCE ? 'same' : 'unclear';
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
const REPLACEMENT = '\uFFFD';
const REPLACEMENT_BYTES = '239,191,189';

/** How well the bytes of entries say what was written; undefined where only plain letters were seen. */
export function bytesQuality(samples: readonly Sampled[]): Run['bytes'] | undefined {
  const emitted = samples.flatMap(({ entries }) => entries);
  const all = emitted.flatMap((entry) => [
    entry,
    ...(listOf(entry['top_logprobs']) ?? []).filter(isRecord),
  ]);
  if (all.length === 0) {
    return undefined;
  }
  const lists = all.map((entry) => listOf(entry['bytes']));
  if (lists.every((bytes) => bytes === undefined)) {
    return 'none';
  }
  const isLossy =
    lists.some((bytes) => bytes?.join().includes(REPLACEMENT_BYTES)) ||
    samples.some((sample) => !fits(sample));
  if (isLossy) {
    return 'lossy';
  }
  return all.some(isTelling) ? 'exact' : undefined;
}

/** Bytes of a character beyond ASCII that the token's text has, or cannot have: a piece of one. */
function isTelling(entry: JsonRecord): boolean {
  const bytes = numbersOf(entry['bytes']);
  const token = stringOf(entry['token']) ?? '';
  if (!bytes?.some((byte) => byte > 0x7f)) {
    return false;
  }
  try {
    return strict.decode(Uint8Array.from(bytes)) === token;
  } catch {
    return token === '' || token.includes(REPLACEMENT);
  }
}

/** Whether the bytes of all tokens together are the text, where all have bytes and the text is whole. */
function fits({ text, entries }: Sampled): boolean {
  const lists = entries.map((entry) => numbersOf(entry['bytes']));
  if (text === '' || lists.length === 0 || lists.includes(undefined)) {
    return true;
  }
  const joined = decoder.decode(Uint8Array.from(lists.flatMap((bytes) => bytes ?? [])));
  // Entries beside the text, as of an end or a stop string, are no loss.
  return (
    joined.includes(REPLACEMENT) ||
    text.includes(REPLACEMENT) ||
    joined.includes(text) ||
    text.includes(joined)
  );
}

function numbersOf(value: unknown): number[] | undefined {
  const list = listOf(value);
  return list?.every((byte) => typeof byte === 'number') === true ? [...list] : undefined;
}

/** Whether the emitted token was among its alternatives each time; undefined where there were none. */
export function chosenIsListed(samples: readonly Sampled[]): boolean | undefined {
  const entries = samples
    .flatMap(({ entries: all }) => all)
    .filter((entry) => topOf(entry).length > 0);
  return entries.length === 0
    ? undefined
    : entries.every((entry) => topOf(entry).some(({ name }) => name === emittedOf(entry)?.name));
}
