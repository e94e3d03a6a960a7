import { paragraphBreakOf } from '../../core/text/border';
import { paragraphStarts } from '../../core/text/paragraph';
import type { Span } from '../../core/text/span';

/** Text before a source that is compared with exemplars, in UTF-16 code units. */
const BEFORE = 8000;

/** What exemplars are chosen for: a selection, or the paragraph that a cursor is in; and what stands before it. */
export function sourceAt(text: string, selection: Span): Span & { source: string; before: string } {
  const { start, end } =
    selection.start < selection.end ? selection : paragraphAt(text, selection.start);
  return {
    start,
    end,
    source: text.slice(start, end),
    before: text.slice(Math.max(0, start - BEFORE), start),
  };
}

/** The paragraph that an offset is in or, between two, the one before; without the white space after it. */
function paragraphAt(text: string, offset: number): Span {
  const starts = paragraphStarts(text, paragraphBreakOf(text));
  const next = starts.find((start) => start > offset) ?? text.length;
  const start = starts.filter((each) => each <= offset).at(-1) ?? 0;
  return { start, end: start + text.slice(start, next).trimEnd().length };
}
