import { withLf } from '../text/lineEnds';
import type { Change } from './change';
import type { LineIndex } from './lineIndex';

export type LineEnd = '\n' | '\r\n';

/** A change as an editor reports it: offsets in the document's own line ends, before the event. */
export interface EditorChange {
  rangeOffset: number;
  rangeLength: number;
  /** Lines, from 0, at which the replaced range begins and ends. */
  startLine: number;
  endLine: number;
  text: string;
}

/**
 * A change in LF offsets. `before` is the line end the document had *before* the event: an event that
 * changes the line ends reports a document that has the new ones already.
 */
export function toLf(change: EditorChange, before: LineEnd): Change {
  const { rangeOffset, rangeLength, startLine, endLine, text } = change;
  const end = rangeOffset + rangeLength;
  return before === '\r\n'
    ? { start: rangeOffset - startLine, end: end - endLine, text: withLf(text) }
    : { start: rangeOffset, end, text: withLf(text) };
}

/** An LF offset in the document's own line ends. Where line and column will do, take `LineIndex.position`. */
export function fromLf(offset: number, lines: LineIndex, lineEnd: LineEnd): number {
  return lineEnd === '\r\n' ? offset + lines.position(offset).line : offset;
}
