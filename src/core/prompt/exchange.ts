import { paragraphBreakOf } from '../text/border';
import { paragraphStarts } from '../text/paragraph';
import { sentenceEnd } from '../text/sentence';

/** A piece of a manuscript, and the text that goes on from it. */
export interface Exchange {
  beginning: string;
  continuation: string;
}

export interface Exchanges {
  exchanges: readonly Exchange[];
  /** The text after the last of them, up to the place. */
  last: string;
}

const MOST = 4;
/** Least text before a continuation, in UTF-16 code units: less shows no manner. */
const LEAST_LEAD = 300;

/** Exchanges lie in so much text at its end: the newest shows the manner best. */
const NEAR = 40_000;

/** Where a manuscript breaks off: the examples do the same. */
type Place = 'paragraph' | 'sentence' | 'word';

/**
 * Cuts a manuscript into exchanges that stand in for a chat: all of its text, in order, with nothing twice.
 * Continuations end at paragraph borders and begin as the one that is wanted does: with a paragraph, after a
 * sentence, or within one. Undefined when the text is too short for one.
 * @param length wanted of a continuation, in UTF-16 code units; a whole paragraph at least
 */
export function cutExchanges(text: string, length: number): Exchanges | undefined {
  const breaks = paragraphBreakOf(text.slice(-NEAR));
  const starts = paragraphStarts(text, breaks, NEAR);
  const place = placeOf(text);
  const cuts: { from: number; to: number }[] = [];
  let limit = text.length;
  while (cuts.length < MOST) {
    const to = starts.findLast((start) => start <= limit - LEAST_LEAD);
    const first = to && starts.findLast((start) => to - start >= length);
    if (to === undefined || first === undefined || first < LEAST_LEAD) {
      break;
    }
    cuts.unshift({ from: beginAs(place, text.slice(0, to), first), to });
    limit = first;
  }
  if (cuts.length === 0) {
    return undefined;
  }
  const exchanges = cuts.map(({ from, to }, i) => ({
    beginning: text.slice(cuts[i - 1]?.to ?? 0, from).trimEnd(),
    continuation: text.slice(from, to).trim(),
  }));
  return { exchanges, last: text.slice(cuts.at(-1)?.to) };
}

function placeOf(text: string): Place {
  if (/\n\s*$/u.test(text)) {
    return 'paragraph';
  }
  return /[.!?…。！？][^\p{L}\p{N}]*$/u.test(text) ? 'sentence' : 'word';
}

/** Where a continuation in the paragraph at `start` begins. */
function beginAs(place: Place, text: string, start: number): number {
  if (place === 'paragraph') {
    return start;
  }
  const paragraph = text.slice(start).split('\n', 1)[0] ?? '';
  const search = { from: 0, complete: true, breaks: 'line' } as const;
  const border = sentenceEnd(paragraph, search);
  const sentence = border.found ? border.end : paragraph.length;
  if (place === 'sentence') {
    return sentence < paragraph.length ? start + sentence : start;
  }
  const space = paragraph.indexOf(' ', Math.floor(sentence / 2));
  return space !== -1 && space < sentence ? start + space : start;
}
