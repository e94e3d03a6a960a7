import type { Span } from '../../core/text/span';

/** Words in a row that count as shared: fewer are grammar rather than wording. */
const WORDS = 4;

interface Word extends Span {
  id: number;
}

/**
 * Where each text has a run of four words or more that another one has too, whatever its case; offsets in
 * UTF-16, ends exclusive, in order, apart from one another.
 */
export function sharedText(texts: readonly string[]): Span[][] {
  const ids = new Map<string, number>();
  const words = texts.map((text) => wordsOf(text, ids));
  const owners = ownersOf(words);
  return words.map((list) => {
    const runs: Span[] = [];
    for (let at = 0; at + WORDS <= list.length; at += 1) {
      const [first, last] = [list[at], list[at + WORDS - 1]];
      if (first && last && owners.get(keyAt(list, at)) === MANY) {
        addRun(runs, first.start, last.end);
      }
    }
    return runs;
  });
}

const MANY = -1;

/** Which text has each run of words, or that several have it. */
function ownersOf(words: readonly (readonly Word[])[]): Map<string, number> {
  const owners = new Map<string, number>();
  words.forEach((list, text) => {
    for (let at = 0; at + WORDS <= list.length; at += 1) {
      const key = keyAt(list, at);
      const owner = owners.get(key);
      owners.set(key, owner === undefined || owner === text ? text : MANY);
    }
  });
  return owners;
}

function wordsOf(text: string, ids: Map<string, number>): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu)].map(({ 0: word, index }) => {
    const folded = word.toLowerCase();
    const id = ids.get(folded) ?? ids.size;
    ids.set(folded, id);
    return { id, start: index, end: index + word.length };
  });
}

function keyAt(words: readonly Word[], at: number): string {
  let key = '';
  for (let offset = 0; offset < WORDS; offset += 1) {
    key += `${words[at + offset]?.id ?? ''},`;
  }
  return key;
}

function addRun(runs: Span[], start: number, end: number): void {
  const last = runs.at(-1);
  if (last !== undefined && start <= last.end) {
    last.end = end;
  } else {
    runs.push({ start, end });
  }
}
