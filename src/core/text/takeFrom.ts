import { paragraphBreakOf, type Border } from './border';
import { paragraphEnd } from './paragraph';
import { sentenceEnd } from './sentence';

/** Scripts that put no spaces between words. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const LONGEST_UNSPACED_WORD = 40;

/**
 * Where the first whole word, sentence or paragraph of a text ends (UTF-16, exclusive): with the space
 * before it, and the punctuation but not the space after it. Never 0 where there is text: taking again
 * and again takes it all.
 */
export function takeFrom(text: string, take: 'word' | 'sentence' | 'paragraph' | 'all'): number {
  const search = { from: 0, complete: true, breaks: paragraphBreakOf(text) };
  switch (take) {
    case 'word':
      return wordEnd(text);
    case 'sentence':
      return endOf(sentenceEnd(text, search), text);
    case 'paragraph':
      return endOf(paragraphEnd(text, search), text);
    case 'all':
      return text.length;
  }
}

function endOf(border: Border, text: string): number {
  return border.found && border.end > 0 ? border.end : text.length;
}

function wordEnd(text: string): number {
  const [head = ''] = /^[^\p{L}\p{N}]*/u.exec(text) ?? [];
  const rest = text.slice(head.length);
  const word = UNSPACED.test(rest)
    ? firstUnspacedWord(rest.slice(0, LONGEST_UNSPACED_WORD))
    : (/^[\p{L}\p{N}\p{M}]+(?:['’.-][\p{L}\p{N}\p{M}]+)*/u.exec(rest)?.[0] ?? '');
  const [punctuation = ''] = /^[^\p{L}\p{N}\s]*/u.exec(rest.slice(word.length)) ?? [];
  return head.length + word.length + punctuation.length;
}

function firstUnspacedWord(text: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return first?.segment ?? text;
}
