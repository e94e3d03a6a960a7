import type { Token } from '../token';
import { align, type Placed } from './align';
import type { Entry } from './entry';

/** Entries that wait for their text; more than any server holds back. */
const MAX_HELD = 4096;

/** Lays the entries of one branch over its text as both come in: the tokens it returns tile the text. */
export class Tiler {
  #held: Entry[] = [];
  #at = 0;
  #sawEntries = false;

  /** Whether any entry has come. */
  get sawEntries(): boolean {
    return this.#sawEntries;
  }

  /**
   * @param text what comes next
   * @returns tokens in offsets of the whole branch, which tile `text`
   */
  add(text: string, entries: readonly Entry[]): Token[] {
    this.#sawEntries ||= entries.length > 0;
    const waiting = this.#held.length === 0 ? entries : [...this.#held, ...entries];
    const start = this.#at;
    this.#at += text.length;
    const { placed, used } = align(text, waiting);
    this.#held = waiting.slice(Math.max(used, waiting.length - MAX_HELD));
    return this.#tile(text.length, placed, start);
  }

  #tile(length: number, placed: readonly Placed[], offset: number): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    for (const { entry, start, end } of placed) {
      if (start > at) {
        tokens.push(this.#uncovered(offset + at, offset + start));
      }
      tokens.push({ start: offset + start, end: offset + end, ...entry.token });
      at = end;
    }
    if (at < length) {
      tokens.push(this.#uncovered(offset + at, offset + length));
    }
    return tokens;
  }

  #uncovered(start: number, end: number): Token {
    const missing = this.#sawEntries ? 'gap' : 'dropped';
    return { start, end, logprob: null, missing, alternatives: [], tail: null };
  }
}
