import type { BatchView, BranchView, TokenView } from '../../protocol';

/** How much of a branch's beginning some sibling has too, as far as it is known. */
export interface Opening {
  /** The beginning of its text, read only until it parts from every sibling. */
  head: string;
  /** Tokens in it. */
  read: number;
  /** The last of them: another one there means that the branch was started anew. */
  last: TokenView | undefined;
  /** UTF-16 code units that a sibling's text has too. */
  common: number;
  /** Of these, what ends at a border between words. */
  shared: number;
}

export type Openings = ReadonlyMap<number, Opening>;

/** Tokens read at a time. */
const STEP = 32;

const NOTHING: Opening = { head: '', read: 0, last: undefined, common: 0, shared: 0 };

/**
 * The openings that siblings share, by the branches' numbers. Goes on from those before, so that a
 * branch which has parted from all the others costs nothing more.
 * @param folds branches that stand behind another one, and so are nobody's siblings
 */
export function openingsOf(
  before: Openings,
  { branches }: BatchView,
  folds: ReadonlyMap<number, number>,
): Openings {
  const siblings = branches.filter(({ index }) => !folds.has(index));
  let now: Openings = before;
  for (;;) {
    const next = siblings.map((branch): [BranchView, Opening] => [
      branch,
      readOn(branch, now.get(branch.index)),
    ]);
    const isSame =
      next.length === now.size && next.every(([{ index }, read]) => now.get(index) === read);
    if (isSame) {
      return now;
    }
    now = compared(next);
  }
}

function readOn({ tokens }: BranchView, before = NOTHING): Opening {
  const isKnown = before.read <= tokens.length && tokens[before.read - 1] === before.last;
  const from = isKnown ? before : NOTHING;
  const hasParted = from.common < from.head.length;
  if (hasParted || from.read === tokens.length) {
    return from;
  }
  const added = tokens.slice(from.read, from.read + STEP);
  const head = from.head + added.map(({ text }) => text).join('');
  return { ...from, head, read: from.read + added.length, last: added.at(-1) };
}

/** In sorted order, the text that shares most with another stands beside it. */
function compared(read: readonly [BranchView, Opening][]): Openings {
  const sorted = read
    .map(([{ index }, opening]) => ({ index, opening, common: 0, shared: 0 }))
    .sort((a, b) => compare(a.opening.head, b.opening.head));
  sorted.forEach((item, at) => {
    const next = sorted[at + 1];
    if (next === undefined) {
      return;
    }
    const [a, b] = [item.opening.head, next.opening.head];
    const common = commonLength(a, b);
    const shared = lastBorder(a, b, common);
    for (const each of [item, next]) {
      each.common = Math.max(each.common, common);
      each.shared = Math.max(each.shared, shared);
    }
  });
  return new Map(
    sorted.map(({ index, opening, common, shared }) => {
      const isSame = opening.common === common && opening.shared === shared;
      return [index, isSame ? opening : { ...opening, common, shared }];
    }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function commonLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) {
    at += 1;
  }
  return at;
}

/** Halves of a surrogate pair count as letters, so that none is cut apart. */
const LETTER = /[\p{L}\p{N}\p{M}\p{Cs}'’]/u;

/** Scripts without spaces: each character is a word here. */
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const isInWord = (character: string) => LETTER.test(character) && !IDEOGRAPH.test(character);

function lastBorder(a: string, b: string, end: number): number {
  let at = end;
  const goesOn = (place: number) => isInWord(a.charAt(place)) || isInWord(b.charAt(place));
  while (at > 0 && isInWord(a.charAt(at - 1)) && goesOn(at)) {
    at -= 1;
  }
  return a.slice(0, at).trim() === '' ? 0 : at;
}
