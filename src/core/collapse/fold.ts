/** Two independent 32-bit hashes of a folded word. */
export interface WordHash {
  low: number;
  high: number;
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;
const MARK = /\p{M}/gu;

const APOSTROPHE = 0x27;

function isAsciiWord(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39)
  );
}

export function isApostrophe(unit: number): boolean {
  return unit === APOSTROPHE || unit === 0x2019 || unit === 0x2bc;
}

/** True when the unit at `at` belongs to a word: a letter, a mark or a digit of any script. */
export function isWordUnit(text: string, at: number, unit: number): boolean {
  if (unit < 0x80) {
    return isAsciiWord(unit);
  }
  if (unit >= 0x2000 && unit <= 0x206f) {
    return false;
  }
  return LETTER.test(wholeCharacter(text, at, unit));
}

function wholeCharacter(text: string, at: number, unit: number): string {
  if (unit < 0xd800 || unit > 0xdfff) {
    return String.fromCharCode(unit);
  }
  return unit <= 0xdbff ? text.slice(at, at + 2) : text.slice(at - 1, at + 1);
}

/**
 * The form in which words are compared: lower case, no accents, straight apostrophes, compatibility
 * forms resolved. `Café’s` and `cafe's` are one word.
 */
export function foldWord(word: string): string {
  return word.normalize('NFKD').replace(MARK, '').toLowerCase().replace(/[’ʼ]/gu, "'");
}

/**
 * Hashes the word that starts at `start` (which must be a word unit) and returns where it ends. An
 * apostrophe belongs to it between two word units.
 */
export function hashWord(text: string, start: number, into: WordHash): number {
  let low = 0x811c9dc5;
  let high = 0x3c6ef372;
  let at = start;
  for (; at < text.length; at++) {
    let unit = text.charCodeAt(at);
    if (unit >= 0x61 && unit <= 0x7a) {
      // Lower-case letters, most of all text, are taken as they are.
    } else if (unit >= 0x41 && unit <= 0x5a) {
      unit += 32;
    } else if (isApostrophe(unit)) {
      if (!isAsciiWord(text.charCodeAt(at + 1))) {
        break;
      }
      unit = APOSTROPHE;
    } else if (unit >= 0x80) {
      return isWordUnit(text, at, unit)
        ? hashFolded(text, start, into)
        : finish(at, low, high, into);
    } else if (unit < 0x30 || unit > 0x39) {
      break;
    }
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 13);
  }
  return finish(at, low, high, into);
}

function finish(end: number, low: number, high: number, into: WordHash): number {
  into.low = low;
  into.high = high | 0;
  return end;
}

/** The slow way, for words with a letter outside ASCII. */
function hashFolded(text: string, start: number, into: WordHash): number {
  let end = start;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    const inside = isApostrophe(unit)
      ? end + 1 < text.length && isWordUnit(text, end + 1, text.charCodeAt(end + 1))
      : isWordUnit(text, end, unit);
    if (!inside) {
      break;
    }
  }
  hashAscii(foldWord(text.slice(start, end)), into);
  return end;
}

/** Hash of a word that is folded already. */
export function hashAscii(folded: string, into: WordHash): void {
  let low = 0x811c9dc5;
  let high = 0x3c6ef372;
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995) ^ (high >>> 13);
  }
  finish(0, low, high, into);
}
