import { OPENING } from '../../src/core/model/sketch/base';
import { Tokenizer } from '../../src/core/model/sketch/tokenizer';
import type { Work } from './corpus';

/** Training text as symbols. Symbol 0 is every token not in the vocabulary, 1 the first word… */
export interface SymbolText {
  /** The vocabulary, most frequent first: word i is symbol i + 1. */
  words: string[];
  /** Tokens too rare for the vocabulary, which stand for those never seen. */
  rare: string[];
  text: Int32Array;
}

/** Longer tokens, and those with letters beyond Latin-1, are spelt. */
const PLAIN = /^[\n -~\u00a0-\u00ff]{1,40}$/u;

/**
 * Turns works into one run of symbols, each work after a paragraph break.
 * @param leastCount how often a token must occur to be in the vocabulary
 */
export function toSymbols(works: readonly Work[], leastCount: number): SymbolText {
  const ids = new Map<string, number>();
  const seen: string[] = [];
  const counts: number[] = [];
  let run = new Int32Array(1 << 20);
  let length = 0;
  const add = (token: string) => {
    let id = ids.get(token);
    if (id === undefined) {
      id = seen.length;
      ids.set(token, id);
      seen.push(token);
      counts.push(0);
    }
    counts[id] = (counts[id] ?? 0) + 1;
    if (length === run.length) {
      const longer = new Int32Array(2 * length);
      longer.set(run);
      run = longer;
    }
    run[length++] = id;
  };
  const tokenizer = new Tokenizer();
  for (const { text } of works) {
    add(OPENING);
    for (let from = 0; from < text.length;) {
      const end = tokenizer.end(text, from);
      add(text.slice(from, end));
      from = end;
    }
  }
  const known = seen
    .map((word, id) => ({ word, id, count: counts[id] ?? 0 }))
    .filter(({ word, count }) => word === OPENING || (count >= leastCount && PLAIN.test(word)))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  const symbols = new Int32Array(seen.length);
  known.forEach(({ id }, i) => (symbols[id] = i + 1));
  const text = new Int32Array(length + 1);
  // The last stays 0: there is always one token that is not in the vocabulary.
  run.subarray(0, length).forEach((id, i) => (text[i] = symbols[id] ?? 0));
  return {
    words: known.map(({ word }) => word),
    rare: seen.filter((_, id) => symbols[id] === 0),
    text,
  };
}
