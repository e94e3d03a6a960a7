import {
  hasWords,
  notYet,
  partsParagraphs,
  type Border,
  type BorderSearch,
  type ParagraphBreak,
} from './border';

/** Where the first paragraph with something to read ends; the space after it does not belong to it. */
export function paragraphEnd(text: string, { from, complete, breaks }: BorderSearch): Border {
  for (const { index, 0: space } of text.slice(from).matchAll(/[ \t]*\n\s*/gu)) {
    const end = from + index;
    if (!hasWords(text, end)) {
      continue;
    }
    if (partsParagraphs(space, breaks)) {
      return { found: true, end };
    }
    if (end + space.length === text.length && !complete) {
      return { found: false, safe: end, resume: end };
    }
  }
  return notYet(text);
}

/**
 * Where the paragraphs of a text begin, the first at 0.
 * @param last only those in so many UTF-16 code units at its end
 */
export function paragraphStarts(
  text: string,
  breaks: ParagraphBreak,
  last: number = text.length,
): number[] {
  const from = Math.max(0, text.length - last);
  const starts = from === 0 ? [0] : [];
  for (const { index, 0: space } of text.slice(from).matchAll(BREAKS[breaks])) {
    starts.push(from + index + space.length);
  }
  return starts;
}

const BREAKS = { 'blank-line': /\n[ \t]*\n\s*/gu, line: /\n\s*/gu } as const;
