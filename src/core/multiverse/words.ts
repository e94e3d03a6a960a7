import { formatProbability } from '../model/percent';
import type { Box } from './layout';
import { withSymbols } from '../text/visible';

/** How what is drawn is put into words, in the reader's language. */
export interface PlotWords {
  percent: (probability: number) => string;
  /** What a token that shows nothing is called. */
  noText: string;
  taken: string;
  /** So many tokens that are too small to draw. */
  rest: (count: number) => string;
  /** What the model did not list. */
  tail: string;
  /** Of a path from the root. */
  path: (percent: string) => string;
}

export const ENGLISH_WORDS: PlotWords = {
  percent: (probability) => formatProbability(probability),
  noText: 'end of the text',
  taken: 'taken in the draft',
  rest: (count) => `${count} more`,
  tail: 'not listed',
  path: (percent) => `path ${percent}`,
};

/** A box in a few words: what is written on it. */
export function labelOf({ kind, text, count }: Box, words: PlotWords): string {
  switch (kind) {
    case 'block':
      return withSymbols(text) || words.noText;
    case 'rest':
      return words.rest(count);
    case 'tail':
      return words.tail;
  }
}

/** All that is known of what is drawn, a line a box, indented by depth. */
export function outlineText(boxes: readonly Box[], words: PlotWords = ENGLISH_WORDS): string {
  return boxes
    .map((box) => {
      const { column, probability, path, taken } = box;
      const facts = [words.percent(probability), words.path(words.percent(path))];
      const all = [labelOf(box, words), ...facts, ...(taken ? [words.taken] : [])];
      return `${'  '.repeat(column)}${all.join(' · ')}`;
    })
    .join('\n');
}
