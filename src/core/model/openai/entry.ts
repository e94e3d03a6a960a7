import { withLf } from '../../text/lineEnds';
import type { Alternative, Token } from '../token';
import { bytesBeyond, ByteJoiner, entryBytes, isPlainAscii } from './bytes';
import { countOf, isRecord, listOf, type JsonRecord } from './json';
import { LineFeeds } from './lineFeeds';

/** An emitted token whose place in the text is not yet known. */
export interface Entry {
  /** What it adds to the text; '' inside a character. */
  text: string;
  /** It stands for no text at all, as an end-of-text token does. */
  silent: boolean;
  token: Omit<Token, 'start' | 'end'>;
}

/**
 * Servers send -1000, -9999 or the lowest float where they know no number. No real token comes near:
 * the least that 32-bit logits give in practice is above -200.
 */
const FLOOR = -999;
/** Rounding may lift the logarithm of 1 a little above 0. */
const ROUNDING = 1e-3;

/** Reads the entries of one branch, in order. */
export class EntryReader {
  readonly #joiner = new ByteJoiner();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #lineFeeds = new LineFeeds();

  read(record: JsonRecord): Entry {
    const name = typeof record['token'] === 'string' ? record['token'] : '';
    const bytes = entryBytes(record['bytes'], name);
    const text = this.#lineFeeds.add(
      bytes === undefined ? this.#joiner.flush() + name : this.#joiner.add(bytes, name),
    );
    const silent = text === '' && (bytes ?? []).length === 0;
    return { text, silent, token: this.#token(record, name, bytes, text) };
  }

  #token(
    record: JsonRecord,
    name: string,
    bytes: readonly number[] | undefined,
    text: string,
  ): Entry['token'] {
    const logprob = readLogprob(record['logprob']);
    const id = countOf(record['id']) ?? countOf(record['token_id']);
    const alternatives: Alternative[] = [];
    let mass = 0;
    let listed = false;
    for (const item of listOf(record['top_logprobs']) ?? []) {
      const alternative = isRecord(item) ? this.#alternative(item) : undefined;
      if (alternative !== undefined && isRecord(item)) {
        mass += Math.exp(alternative.logprob);
        listed ||= isSame(item, alternative, name, id, bytes);
        alternatives.push(alternative);
      }
    }
    sortBest(alternatives);
    const rest = bytes && bytesBeyond(bytes, text);
    const extra = { ...(id === undefined ? {} : { id }), ...(rest ? { bytes: rest } : {}) };
    if (logprob === undefined) {
      const missing = record['logprob'] === undefined ? 'dropped' : 'floor';
      return { logprob: null, missing, alternatives, tail: null, ...extra };
    }
    const seen = mass + (listed ? 0 : Math.exp(logprob));
    return { logprob, alternatives, tail: Math.max(0, 1 - seen), ...extra };
  }

  #alternative(item: JsonRecord): Alternative | undefined {
    const logprob = readLogprob(item['logprob']);
    const name = item['token'];
    if (logprob === undefined || typeof name !== 'string') {
      return undefined;
    }
    const id = countOf(item['id']) ?? countOf(item['token_id']);
    const bytes = entryBytes(item['bytes'], name);
    const whole =
      bytes === undefined || isPlainAscii(bytes, name)
        ? name
        : this.#decoder.decode(Uint8Array.from(bytes));
    const text = withLf(whole);
    const rest = bytes && bytesBeyond(bytes, text);
    return { text, logprob, ...(id === undefined ? {} : { id }), ...(rest ? { bytes: rest } : {}) };
  }
}

function readLogprob(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value > FLOOR) || value > ROUNDING) {
    return undefined;
  }
  return Math.min(0, value);
}

/** By id where both have one, else by text and bytes: pieces of characters share the text U+FFFD. */
function isSame(
  item: JsonRecord,
  alternative: Alternative,
  name: string,
  id: number | undefined,
  bytes: readonly number[] | undefined,
): boolean {
  if (alternative.id !== undefined && id !== undefined) {
    return alternative.id === id;
  }
  const others = listOf(item['bytes']);
  return (
    item['token'] === name &&
    (bytes === undefined ||
      others === undefined ||
      (bytes.length === others.length && bytes.every((byte, i) => byte === others[i])))
  );
}

function sortBest(alternatives: Alternative[]): void {
  for (let i = 1; i < alternatives.length; i++) {
    if ((alternatives[i - 1]?.logprob ?? 0) < (alternatives[i]?.logprob ?? 0)) {
      alternatives.sort((a, b) => b.logprob - a.logprob);
      return;
    }
  }
}
