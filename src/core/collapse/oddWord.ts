import { isApostrophe } from './fold';
import type { Prose } from './prose';

/** What is odd about a word: nothing · its script · it is a splinter of a word · it is no word of prose. */
export const OddKind = { none: 0, script: 1, fragment: 2, salad: 3 } as const;
export type OddKind = (typeof OddKind)[keyof typeof OddKind];

const LATIN = /\p{Script=Latin}/u;
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** Scripts that never share a word with Latin letters; a digit or a name may stand in CJK text. */
const OTHER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Devanagari}]/u;

const LONGEST = 40;

/** Marks of code and markup glued to a word; underscores and asterisks are emphasis in prose. */
const GLUE = '{}<>|\\=^~`[]$';

/** Looks at one word as it is written. Constant time. */
export function oddWord(prose: Prose, index: number): OddKind {
  const { text } = prose;
  const start = prose.starts[index] ?? 0;
  const end = prose.ends[index] ?? 0;
  if (text.charCodeAt(start - 1) === 0xfffd || text.charCodeAt(end) === 0xfffd) {
    return OddKind.script;
  }
  if (end - start === 1) {
    return isLoneLetter(text.charCodeAt(start)) ? OddKind.fragment : OddKind.none;
  }
  const shape = shapeOf(text, start, Math.min(end, start + LONGEST));
  if (shape.isForeign) {
    return isMixed(text.slice(start, Math.min(end, start + LONGEST)))
      ? OddKind.script
      : OddKind.none;
  }
  return isGlued(text, start, end) || isNoWord(shape) ? OddKind.salad : OddKind.none;
}

function isMixed(word: string): boolean {
  return LATIN.test(word) && (LOOKALIKE.test(word) || OTHER.test(word));
}

function isGlued(text: string, start: number, end: number): boolean {
  return (
    (end < text.length && GLUE.includes(text.charAt(end))) ||
    (start > 0 && GLUE.includes(text.charAt(start - 1)))
  );
}

/** Four letters without a vowel (but not all capitals), letters and digits in one, camelCase. */
function isNoWord({ letters, vowels, capitals, digits, humps }: Shape): boolean {
  return (
    (letters >= 4 && vowels === 0 && capitals < letters) || (digits > 0 && letters > 2) || humps > 1
  );
}

/** A letter on its own, in prose, is a, I, O or an initial. */
function isLoneLetter(unit: number): boolean {
  const isLower = unit >= 0x62 && unit <= 0x7a;
  return isLower && unit !== 0x6f;
}

interface Shape {
  letters: number;
  vowels: number;
  capitals: number;
  digits: number;
  /** Changes from a small letter to a capital; names such as McKay have one. */
  humps: number;
  isForeign: boolean;
}

function shapeOf(text: string, start: number, end: number): Shape {
  const shape = { letters: 0, vowels: 0, capitals: 0, digits: 0, humps: 0, isForeign: false };
  let wasSmall = false;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    shape.isForeign ||= unit > 0x24f && !isApostrophe(unit);
    if (unit >= 0x30 && unit <= 0x39) {
      shape.digits++;
      wasSmall = false;
    } else if (!isApostrophe(unit)) {
      addLetter(shape, unit, wasSmall);
      wasSmall = unit >= 0x61 && unit <= 0x7a;
    }
  }
  return shape;
}

function addLetter(shape: Shape, unit: number, afterSmall: boolean): void {
  const isCapital = unit >= 0x41 && unit <= 0x5a;
  shape.letters++;
  shape.vowels += isVowel(unit | 0x20) || unit > 0x7f ? 1 : 0;
  shape.capitals += isCapital ? 1 : 0;
  shape.humps += isCapital && afterSmall ? 1 : 0;
}

function isVowel(unit: number): boolean {
  switch (unit) {
    case 0x61: // a
    case 0x65: // e
    case 0x69: // i
    case 0x6f: // o
    case 0x75: // u
    case 0x79: // y
      return true;
    default:
      return false;
  }
}
