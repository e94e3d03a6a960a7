import { bareText, COMPARED } from './features';
import { finish, type Steps } from '../steps';
import { wordsOf } from './words';

/** Texts told apart: those that differ by wrapper, typesetting, case or punctuation only are one. */
export interface Distinct {
  /** One of each kind, in an order that does not depend on the order given. */
  texts: readonly string[];
  /** What `bareText` leaves of each of `texts`, and its words. */
  bodies: readonly string[];
  words: readonly (readonly string[])[];
  /** The kind of each text given: an index into `texts`. */
  kinds: readonly number[];
  /** How often each kind was given. */
  counts: readonly number[];
}

/** Groups texts that are the same but for what nobody counts as a difference. */
export function distinctTexts(given: readonly string[]): Distinct {
  return finish(tellingApart(given));
}

/** `distinctTexts`, with pauses. */
export function* tellingApart(given: readonly string[]): Steps<Distinct> {
  const groups = new Map<string, number[]>();
  const bodies: string[] = [];
  const words: string[][] = [];
  for (const [i, text] of given.entries()) {
    const body = bareText(text);
    const own = wordsOf(body);
    bodies.push(body);
    words.push(own);
    const joined = own.join(' ');
    // What lies beyond the compared beginning still makes a difference.
    const key = `${joined === '' ? body : joined}\n${text.slice(COMPARED)}`;
    const group = groups.get(key);
    if (group) {
      group.push(i);
    } else {
      groups.set(key, [i]);
    }
    yield;
  }
  const ordered = Array.from(groups).sort(([a], [b]) => compare(a, b));
  const kinds = new Array<number>(given.length).fill(0);
  ordered.forEach(([, members], kind) => {
    for (const member of members) {
      kinds[member] = kind;
    }
  });
  const firsts = ordered.map(([, members]) => first(members, given));
  return {
    texts: firsts.map((member) => given[member] ?? ''),
    bodies: firsts.map((member) => bodies[member] ?? ''),
    words: firsts.map((member) => words[member] ?? []),
    kinds,
    counts: ordered.map(([, members]) => members.length),
  };
}

/** The member whose text is the least by code units: the same text whatever the order. */
function first(members: readonly number[], given: readonly string[]): number {
  return members.reduce((least, member) =>
    compare(given[member] ?? '', given[least] ?? '') < 0 ? member : least,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
