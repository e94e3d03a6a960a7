import { emittedWithin } from '../model/emitted';
import type { Options, Passage, PassageCut, Strategy } from '../model/languageModel';
import { paragraphBreakOf } from '../text/border';
import { paragraphStarts } from '../text/paragraph';

/** A passage that fits, and what was left out of it, in UTF-16 code units. */
export interface FittedPassage {
  passage: Passage;
  cut: PassageCut;
}

/** The rules of a chat and its template, in tokens; what goes without them begins with one token. */
const CHAT_OVERHEAD = 400;
const RAW_OVERHEAD = 8;
/** However little a model takes, so much of it is the passage's. */
const LEAST_SHARE = 0.25;
/** A token is no more characters than this, by the estimate below. */
const MOST_CHARACTERS = 4;
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
  return Math.ceil(dense + (text.length - dense) / MOST_CHARACTERS);
}

/** As `estimateTokens`, but more than `most` reads as Infinity; a long text is not read for that. */
function tokensUpTo(text: string, most: number): number {
  const tokens = text.length > MOST_CHARACTERS * most ? Infinity : estimateTokens(text);
  return tokens > most ? Infinity : tokens;
}

/** Tokens there are for a passage in a model's context, when the reply may take `maxTokens` of it. */
export function roomFor(contextLength: number, maxTokens: number, strategy: Strategy): number {
  const overhead = isRaw(strategy) ? RAW_OVERHEAD : CHAT_OVERHEAD;
  return Math.max(contextLength * LEAST_SHARE, contextLength - maxTokens - overhead);
}

/**
 * What is sent of a passage: as much as the writer's budget and the model's context leave room for. A model
 * that goes on with raw text does not read what stands after the place: that takes no room then.
 * @param contextLength tokens that the model takes at once, the reply included; Infinity when not known
 */
export function fitToModel(
  passage: Passage,
  strategy: Strategy,
  { context = Infinity, maxTokens }: Pick<Options, 'context' | 'maxTokens'>,
  contextLength = Infinity,
): { passage: Passage; cut?: PassageCut } {
  const room = roomFor(contextLength, maxTokens, strategy);
  const budget = Math.min(context, room);
  if (budget === Infinity) {
    return { passage };
  }
  const sent = strategy === 'raw' ? { ...passage, after: '' } : passage;
  const { passage: fitted, cut } = fitPassage(sent, budget);
  if (cut.earlier + cut.before + cut.after === 0) {
    return { passage };
  }
  return { passage: fitted, cut: room < context ? { ...cut, limit: contextLength } : cut };
}

function isRaw(strategy: Strategy): boolean {
  return strategy === 'raw' || strategy === 'infill';
}

/**
 * Cuts a passage to a budget in tokens (estimated): first the end of the file before, then the text after
 * the place beyond a fifth of the room, then the text before it, from its beginning and at a paragraph
 * where one fits. Notes and instruction are kept.
 */
export function fitPassage(passage: Passage, budget: number): FittedPassage {
  const { earlier = '', before, after, notes = '', instruction = '' } = passage;
  const room = Math.max(0, budget - estimateTokens(notes) - estimateTokens(instruction));
  const ofBefore = tokensUpTo(before, room);
  const all = ofBefore + tokensUpTo(earlier, room) + tokensUpTo(after, room);
  if (all <= room) {
    return { passage, cut: { earlier: 0, before: 0, after: 0 } };
  }
  const keptAfter = head(after, Math.max(room * SHARE_AFTER, room - ofBefore));
  const roomBefore = room - estimateTokens(keptAfter);
  const keptBefore = tail(before, roomBefore);
  const keptEarlier = keptBefore === before ? tail(earlier, roomBefore - ofBefore) : '';
  const { earlier: _, emitted, ...rest } = passage;
  const own = emittedWithin(emitted ?? [], keptBefore.length);
  return {
    passage: {
      ...rest,
      ...(own.length === 0 ? {} : { emitted: own }),
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
function tail(whole: string, tokens: number): string {
  const text = nearest(whole, tokens);
  const fits = (start: number) => estimateTokens(text.slice(start)) <= tokens;
  const starts = paragraphStarts(text, paragraphBreakOf(text));
  const paragraph = first(text === whole ? starts : starts.filter((start) => start > 0), fits);
  if (paragraph !== undefined && paragraph < text.length) {
    return text.slice(paragraph);
  }
  const words = [...text.matchAll(WORD_START)].map(({ index }) => index);
  return text.slice(first(words, fits) ?? text.length);
}

/** Its end, from a whole character on; what is longer than this fits by no estimate. */
function nearest(text: string, tokens: number): string {
  const start = Math.max(0, text.length - Math.floor(MOST_CHARACTERS * tokens));
  const code = text.charCodeAt(start);
  return text.slice(code >= 0xdc00 && code <= 0xdfff ? start + 1 : start);
}

/** The beginning of a text within a number of tokens, up to a word's end. */
function head(whole: string, tokens: number): string {
  if (tokensUpTo(whole, tokens) <= tokens) {
    return whole;
  }
  const text = whole.slice(0, Math.floor(MOST_CHARACTERS * tokens) + 1);
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
