import { isWithheld } from './withheld';

/** What a token looks like at its two ends and what it does to a sentence, as bits. */
export const TRAIT = {
  startsLetter: 1,
  startsDigit: 2,
  endsLetter: 4,
  endsDigit: 8,
  endsSpace: 16,
  startsBreak: 32,
  endsBreak: 64,
  sentenceEnd: 128,
  closes: 256,
  withheld: 512,
  word: 1024,
} as const;

const UNSPACED_LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The traits of a token's text. */
export function traitsOf(text: string): number {
  const letter = UNSPACED_LETTER.test(text) ? 0 : 1;
  let traits = 0;
  const set = (trait: number, holds: boolean) => (traits |= holds ? trait : 0);
  set(TRAIT.startsLetter, letter === 1 && /^\p{L}/u.test(text));
  set(TRAIT.endsLetter, letter === 1 && /[\p{L}\p{M}]$/u.test(text));
  set(TRAIT.startsDigit, /^\p{N}/u.test(text));
  set(TRAIT.endsDigit, /\p{N}$/u.test(text));
  set(TRAIT.endsSpace, /[^\S\n]$/u.test(text));
  set(TRAIT.startsBreak, text.startsWith('\n'));
  set(TRAIT.endsBreak, text.endsWith('\n'));
  set(TRAIT.sentenceEnd, /^ ?(?:[.!?…。！？]|\.{3,4})$/u.test(text));
  set(TRAIT.closes, /^[”)"’'\]]$/u.test(text));
  set(TRAIT.withheld, isWithheld(text));
  set(TRAIT.word, /[\p{L}\p{N}]/u.test(text));
  return traits;
}

/**
 * Whether two tokens written side by side would read as one: a word glued to a word or number, a
 * break to a break, a loose space to a word, a mark doubled.
 */
export function glues(left: string, leftTraits: number, right: string, traits: number): boolean {
  const { endsLetter, endsDigit, endsSpace, startsLetter, startsDigit } = TRAIT;
  const startsWord = (traits & (startsLetter | startsDigit)) !== 0;
  if (startsWord && (leftTraits & (endsLetter | endsDigit | endsSpace)) !== 0) {
    return true;
  }
  if ((leftTraits & TRAIT.endsBreak) !== 0 && (traits & TRAIT.startsBreak) !== 0) {
    return true;
  }
  const last = left.charCodeAt(left.length - 1);
  return !startsWord && last === right.charCodeAt(0) && last < 128 && last !== 0x22;
}
