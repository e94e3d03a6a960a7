import type { Prose } from '../collapse/prose';
import { Wordbook } from '../collapse/wordbook';

/**
 * Words that are features of their own, forms that count as one together: frequent, and carrying no topic
 * (the most frequent words of a language tell authors apart: Burrows 2002, “‘Delta’: a measure of stylistic
 * difference”, Literary and Linguistic Computing 17).
 */
export const FUNCTION_WORDS = [
  'the',
  'and',
  'of',
  'to',
  'a an',
  'in',
  'that',
  'it',
  'but',
  'with',
  'as',
  'for',
  'not',
  'at',
  'on',
  'so',
  'or',
  'if',
  'then',
  'all',
  'there',
  'by',
  'which',
  'would',
  'like',
] as const;

const CLASSES = [
  'i me my mine myself we us our ours ourselves',
  'you your yours yourself yourselves',
  'he him his himself she her hers herself they them their theirs themselves',
  'is are am has have do does says say goes comes knows thinks looks',
  'was were had did said went came saw knew thought got took made told felt found left stood began kept',
] as const;

const bit = (index: number) => 1 << (FUNCTION_WORDS.length + index);

/** Bits of `markWords`: the function word at index i has bit `1 << i`, classes of words have these. */
export const VoiceClass = {
  first: bit(0),
  second: bit(1),
  third: bit(2),
  present: bit(3),
  past: bit(4),
} as const;

const BOOK = new Wordbook([...FUNCTION_WORDS, ...CLASSES]);

/** The bits of each word of a text. */
export function markWords(prose: Prose): Int32Array {
  return BOOK.mark(prose);
}
