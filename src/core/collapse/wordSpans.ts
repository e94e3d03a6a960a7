import type { Span } from '../text/span';

/** A word where it stands. */
export interface WordSpan extends Span {
  /** As written. */
  text: string;
  /** In lower case, its apostrophes dropped: what is compared. */
  word: string;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|\p{N}+/gu;

/** The words of a text in order. */
export function wordSpans(text: string): WordSpan[] {
  return Array.from(text.matchAll(WORD), (match) => {
    const [word] = match;
    return {
      start: match.index,
      end: match.index + word.length,
      text: word,
      word: word.toLowerCase().replace(/['’]/gu, ''),
    };
  });
}
