import { isHigh, isLow } from './utf16';

/** Equal texts of this weight or more are taken for the same text. */
const TELLING = 12;
/** White space and punctuation around the words. */
const OUTER = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
/** How much is looked at, from the first letter on. */
const ENOUGH = 64;

/**
 * True when an equal text elsewhere is the same text and no coincidence: twelve characters from the first
 * letter to the last, ideographs and kana counted double since each stands for more. That is more than
 * nearly any single word, name or stock pair of words, which do come back by chance ("Margaret",
 * "and then"), and less than a clause; a row of dashes or stars says nothing at any length.
 */
export function isTelling(text: string): boolean {
  return weightOf(coreOf(text)) >= TELLING;
}

/** Characters, ideographs and kana counted double. */
export function weightOf(core: string): number {
  let sum = 0;
  for (let i = 0; i < core.length; i++) {
    const unit = core.charCodeAt(i);
    sum += unit >= 0x2e80 && !isHigh(unit) && !isLow(unit) ? 2 : 1;
  }
  return sum;
}

/** A text from its first letter to its last, cut off where there is more than enough. */
export function coreOf(text: string): string {
  const first = text.search(/[\p{L}\p{N}]/u);
  return first < 0 ? '' : text.slice(first, first + ENOUGH).replace(OUTER, '');
}
