import type { Passage } from '../model/languageModel';
import { paragraphBreakOf } from '../text/border';
import { paragraphStarts } from '../text/paragraph';

/** A passage that fits, and what was left out of it, in UTF-16 code units. */
export interface FittedPassage {
  passage: Passage;
  cut: { earlier: number; before: number; after: number };
}

/** The rules of a chat and its template, in tokens. */
const OVERHEAD = 400;
/** Share of the room that text after the place may take when all does not fit. */
const SHARE_AFTER = 0.2;
/** Where a text may begin: after a space, or at any character of writing that has none. */
const WORD_START = /(?<=\s)\S|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
const WORD_END = /\S(?=\s)|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;

/**
 * About how many tokens a text is: a quarter of its UTF-16 code units, as for English prose; ideographs,
 * kana and hangul count one each. An estimate: other scripts may need up to three times as many.
 */
export function estimateTokens(text: string): number {
  const dense = text.match(UNSPACED)?.length ?? 0;
  return Math.ceil(dense + (text.length - dense) / 4);
}

/** Tokens there are for a passage in a model's context, when the reply may take `maxTokens` of it. */
export function roomFor(contextLength: number, maxTokens: number): number {
  return Math.max(0, contextLength - maxTokens - OVERHEAD);
}

/**
 * Cuts a passage to a budget in tokens (estimated): first the end of the file before, then the text after
 * the place beyond a fifth of the room, then the text before it, from its beginning and at a paragraph
 * where one fits. Notes and instruction are kept.
 */
export function fitPassage(passage: Passage, budget: number): FittedPassage {
  const { earlier = '', before, after, notes = '', instruction = '' } = passage;
  const room = Math.max(0, budget - estimateTokens(notes) - estimateTokens(instruction));
  const all = [earlier, before, after].reduce((sum, text) => sum + estimateTokens(text), 0);
  if (all <= room) {
    return { passage, cut: { earlier: 0, before: 0, after: 0 } };
  }
  const keptAfter = head(after, Math.max(room * SHARE_AFTER, room - estimateTokens(before)));
  const roomBefore = room - estimateTokens(keptAfter);
  const keptBefore = tail(before, roomBefore);
  const roomEarlier = keptBefore === before ? roomBefore - estimateTokens(before) : 0;
  const keptEarlier = tail(earlier, roomEarlier);
  const { earlier: _, ...rest } = passage;
  return {
    passage: {
      ...rest,
      before: keptBefore,
      after: keptAfter,
      ...(keptEarlier.trim() === '' ? {} : { earlier: keptEarlier }),
    },
    cut: {
      earlier: earlier.length - keptEarlier.length,
      before: before.length - keptBefore.length,
      after: after.length - keptAfter.length,
    },
  };
}

/** The end of a text within a number of tokens, from a paragraph on if one begins there, else from a word. */
function tail(text: string, tokens: number): string {
  const fits = (start: number) => estimateTokens(text.slice(start)) <= tokens;
  const paragraph = first(paragraphStarts(text, paragraphBreakOf(text)), fits);
  if (paragraph !== undefined && paragraph < text.length) {
    return text.slice(paragraph);
  }
  const words = [...text.matchAll(WORD_START)].map(({ index }) => index);
  return text.slice(first(words, fits) ?? text.length);
}

/** The beginning of a text within a number of tokens, up to a word's end. */
function head(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) {
    return text;
  }
  const ends = [...text.matchAll(WORD_END)].map((end) => end.index + end[0].length).reverse();
  const end = first(ends, (at) => estimateTokens(text.slice(0, at)) <= tokens);
  return text.slice(0, end ?? 0);
}

/** The first of a list that holds, when all after it hold as well. */
function first(list: readonly number[], holds: (value: number) => boolean): number | undefined {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] ?? 0)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return list[low];
}
