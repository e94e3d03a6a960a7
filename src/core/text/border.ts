/**
 * What a search for a border in a growing text found: where it lies, or that everything up to `safe`
 * comes before it. The next search may begin at `resume`.
 */
export type Border = { found: true; end: number } | { found: false; safe: number; resume: number };

/** How a search goes. */
export interface BorderSearch {
  /** Where to begin: 0, or `resume` of the search before. The text before it still counts as context. */
  from: number;
  /** Whether the text is complete; otherwise what comes next may still decide. */
  complete: boolean;
  breaks: ParagraphBreak;
}

/** What parts two paragraphs: a blank line, or each line end. */
export type ParagraphBreak = 'blank-line' | 'line';

/** Lines no longer than this in all of a text are wrapped prose, or verse. */
const WRAPPED = 100;

/** How paragraphs are parted in a text: by line ends only where its lines are whole paragraphs. */
export function paragraphBreakOf(text: string): ParagraphBreak {
  if (/\n[ \t]*\n/.test(text)) {
    return 'blank-line';
  }
  const lines = text.trim().split('\n');
  const wrapped = lines.length > 2 && lines.every(({ length }) => length <= WRAPPED);
  return wrapped ? 'blank-line' : 'line';
}

/** Whether whitespace parts two paragraphs. */
export function partsParagraphs(space: string, breaks: ParagraphBreak): boolean {
  const first = space.indexOf('\n');
  return first !== -1 && (breaks === 'line' || space.includes('\n', first + 1));
}

/** Whether there is anything to read before an offset. */
export function hasWords(text: string, before: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.slice(0, before));
}

/** Nothing found: all but the space at the end comes before the border. */
export function notYet(text: string): Border {
  const safe = text.trimEnd().length;
  return { found: false, safe, resume: safe };
}
