import { REPLACEMENT } from './bytes';
import type { Entry } from './entry';

/** An entry and the stretch of the text that it covers. */
export interface Placed {
  entry: Entry;
  start: number;
  end: number;
}

/** How many entries are looked at when the text goes on with none of the next: together, and one by one. */
const JOINED = 4096;
const LOOK_AHEAD = 32;

/**
 * Lays entries over a text, in order. Servers trim stop strings, hold text back, repeat what they were
 * given and damage characters, so the entries' own texts need not add up to it: what fits nowhere is
 * left out, and text that no entry covers stays free.
 * @returns the placed entries, and how many of `entries` are used up; the rest waits for more text
 */
export function align(text: string, entries: readonly Entry[]): { placed: Placed[]; used: number } {
  const placed: Placed[] = [];
  let at = 0;
  let next = 0;
  while (next < entries.length) {
    const entry = entries[next];
    if (entry === undefined || (at === text.length && entry.text !== '')) {
      break;
    }
    const length = lengthAt(text, at, entry);
    if (length !== undefined) {
      placed.push({ entry, start: at, end: at + length });
      at += length;
      next += 1;
      continue;
    }
    const step = resync(text, at, entries, next);
    placed.push(...step.placed);
    at = step.at;
    next = step.next;
  }
  return { placed: placed.filter(({ entry }) => !entry.silent), used: next };
}

/** How much of the text from `at` the entry covers; undefined when it does not fit there. */
function lengthAt(text: string, at: number, { text: own }: Entry): number | undefined {
  if (text.startsWith(own, at)) {
    return own.length;
  }
  const written = asWritten(own);
  return written !== own && text.startsWith(written, at) ? written.length : undefined;
}

/** Some servers send tokens as their vocabulary writes them. */
function asWritten(token: string): string {
  return /[▁ĠĊ]/u.test(token) ? token.replace(/[▁Ġ]/gu, ' ').replace(/Ċ/gu, '\n') : token;
}

interface Step {
  placed: Placed[];
  at: number;
  next: number;
}

/** Finds where text and entries agree again. */
function resync(text: string, at: number, entries: readonly Entry[], next: number): Step {
  const rest = text.slice(at);
  const coming = entries.slice(next, next + JOINED);
  const joined = coming.map((entry) => entry.text).join('');
  const [first] = coming;
  if (first?.text.startsWith(rest) === true) {
    // The text ends inside the token: a stop string took the remainder.
    return {
      placed: [{ entry: first, start: at, end: text.length }],
      at: text.length,
      next: next + 1,
    };
  }
  if (rest.endsWith(joined)) {
    return { placed: [], at: text.length - joined.length, next };
  }
  if (joined.endsWith(rest)) {
    return skipEntries(coming, joined.length - rest.length, at, next);
  }
  return nearest(text, at, coming.slice(0, LOOK_AHEAD), next);
}

/** Leaves out entries for as many characters as came before this text. */
function skipEntries(coming: readonly Entry[], skip: number, at: number, next: number): Step {
  let left = skip;
  for (const [i, entry] of coming.entries()) {
    if (left <= 0) {
      return { placed: [], at, next: next + i };
    }
    left -= entry.text.length;
    if (left < 0) {
      const end = at - left;
      return { placed: [{ entry, start: at, end }], at: end, next: next + i + 1 };
    }
  }
  return { placed: [], at, next: next + coming.length };
}

/** Goes on at the first entry that is found further on; damaged characters cover what lies between. */
function nearest(text: string, at: number, coming: readonly Entry[], next: number): Step {
  for (const [i, entry] of coming.entries()) {
    const found = entry.text === '' || isDamaged(entry) ? -1 : text.indexOf(entry.text, at);
    if (found >= 0) {
      return { placed: damaged(coming.slice(0, i), at, found), at: found, next: next + i };
    }
  }
  return { placed: damaged(coming, at, text.length), at: text.length, next: next + coming.length };
}

function isDamaged({ text }: Entry): boolean {
  return text.includes(REPLACEMENT);
}

/** Pieces of one character that came as U+FFFD: all empty but the last, which covers it. */
function damaged(skipped: readonly Entry[], start: number, end: number): Placed[] {
  const pieces = skipped.filter(isDamaged);
  return pieces.map((entry, i) =>
    i === pieces.length - 1 ? { entry, start, end } : { entry, start, end: start },
  );
}
