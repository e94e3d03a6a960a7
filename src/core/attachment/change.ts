import type { Span } from '../text/span';
import { isHigh, isLow } from './utf16';

/** `[start, end)` of the text before the event becomes `text`; LF offsets, LF line ends. */
export interface Change extends Span {
  text: string;
}

/**
 * The changes of one event ascending, those that touch joined, and none beginning or ending inside a
 * character of the text before or after. They may come in any order; of two at the same place the later
 * in the list stands first in the text, as in VS Code, which lists them from the end of the document.
 * @throws RangeError when they overlap or lie outside the text.
 */
export function normalise(text: string, changes: readonly Change[]): Change[] {
  const sorted = changes.toReversed().sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: Change[] = [];
  for (const change of sorted) {
    const last = joined.at(-1);
    const floor = last?.end ?? 0;
    if (!(change.start >= floor && change.end >= change.start && change.end <= text.length)) {
      throw new RangeError(
        `Change ${change.start}–${change.end} overlaps another or lies outside 0–${text.length}.`,
      );
    }
    if (last !== undefined && belongTogether(text, last.end, change.start)) {
      const between = text.slice(last.end, change.start);
      joined[joined.length - 1] = {
        start: last.start,
        end: change.end,
        text: last.text + between + change.text,
      };
    } else {
      joined.push(change);
    }
  }
  return joined.map((change) => widened(text, change));
}

/** How far a change is widened to begin or end between characters. */
function halfBefore(text: string, start: number): number {
  return isHigh(text.charCodeAt(start - 1)) ? 1 : 0;
}

function halfBehind(text: string, end: number): number {
  return isLow(text.charCodeAt(end)) ? 1 : 0;
}

/** Changes that touch once both are widened. */
function belongTogether(text: string, end: number, start: number): boolean {
  return end + halfBehind(text, end) >= start - halfBefore(text, start);
}

function widened(text: string, change: Change): Change {
  const start = change.start - halfBefore(text, change.start);
  const end = change.end + halfBehind(text, change.end);
  return start === change.start && end === change.end
    ? change
    : {
        start,
        end,
        text: text.slice(start, change.start) + change.text + text.slice(change.end, end),
      };
}
