import { bareText, COMPARED } from './features';
import { wordsOf } from './words';

/** Texts told apart: those that differ by wrapper, typesetting, case or punctuation only are one. */
export interface Distinct {
  /** One of each kind, in an order that does not depend on the order given. */
  texts: readonly string[];
  /** The kind of each text given: an index into `texts`. */
  kinds: readonly number[];
  /** How often each kind was given. */
  counts: readonly number[];
}

/** Groups texts that are the same but for what nobody counts as a difference. */
export function distinctTexts(given: readonly string[]): Distinct {
  const groups = new Map<string, number[]>();
  given.forEach((text, i) => {
    const bare = bareText(text);
    const words = wordsOf(bare).join(' ');
    // What lies beyond the compared beginning still makes a difference.
    const key = `${words === '' ? bare : words}\n${text.slice(COMPARED)}`;
    const group = groups.get(key);
    if (group) {
      group.push(i);
    } else {
      groups.set(key, [i]);
    }
  });
  const ordered = Array.from(groups).sort(([a], [b]) => compare(a, b));
  const kinds = new Array<number>(given.length).fill(0);
  ordered.forEach(([, members], kind) => {
    for (const member of members) {
      kinds[member] = kind;
    }
  });
  return {
    texts: ordered.map(([, members]) => first(members.map((member) => given[member] ?? ''))),
    kinds,
    counts: ordered.map(([, members]) => members.length),
  };
}

/** The least by code units: the same whatever the order. */
function first(texts: readonly string[]): string {
  return texts.reduce((least, text) => (compare(text, least) < 0 ? text : least));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
