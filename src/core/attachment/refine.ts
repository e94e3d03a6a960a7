import { align, meaningful, type Block } from './align';
import type { Change } from './change';
import type { Marks } from './step';
import { firstEndingAfter } from './stretch';
import { someTyped } from './typed';
import { commonPrefix, commonSuffix } from './utf16';
import { isTelling } from './weight';

/**
 * The smallest changes that do the same: without what old and new begin and end with in common, and,
 * where the rest is long and something is known of it, without what a comparison finds unchanged in it.
 */
export function refine(text: string, change: Change, { attachments, typed }: Marks): Change[] {
  const old = text.slice(change.start, change.end);
  if (old === change.text) {
    return [];
  }
  const prefix = commonPrefix(old, change.text);
  const rest = Math.min(old.length, change.text.length) - prefix;
  const suffix = commonSuffix(old, change.text, rest);
  const inner = inside(change, prefix, suffix);
  const removed = text.slice(inner.start, inner.end);
  const stretch = attachments[firstEndingAfter(attachments, inner.start)];
  const isAttached = stretch !== undefined && stretch.start < inner.end;
  return (isAttached || someTyped(typed, inner)) && isTelling(removed) && isTelling(inner.text)
    ? compared(text, change, prefix, suffix)
    : [inner];
}

function inside({ start, end, text }: Change, prefix: number, suffix: number): Change {
  return {
    start: start + prefix,
    end: end - suffix,
    text: text.slice(prefix, text.length - suffix),
  };
}

/** Whole lines are compared, so that one that is somewhere else now is found with both its ends. */
function compared(text: string, change: Change, prefix: number, suffix: number): Change[] {
  const lineStart = change.text.lastIndexOf('\n', prefix - 1) + 1;
  const lineEnd = change.text.indexOf('\n', change.text.length - suffix);
  const lines = inside(
    change,
    prefix === 0 ? 0 : lineStart,
    lineEnd < 0 ? 0 : change.text.length - lineEnd,
  );
  const old = text.slice(lines.start, lines.end);
  return between(lines, meaningful(align(old, lines.text), old, lines.text, true));
}

/** The change without the blocks that stay as they are. */
function between(change: Change, blocks: readonly Block[]): Change[] {
  const out: Change[] = [];
  let doneA = 0;
  let doneB = 0;
  const end: Block = { a: change.end - change.start, b: change.text.length, length: 0 };
  for (const { a, b, length } of [...blocks, end]) {
    if (a > doneA || b > doneB) {
      const start = change.start + doneA;
      out.push({ start, end: change.start + a, text: change.text.slice(doneB, b) });
    }
    doneA = a + length;
    doneB = b + length;
  }
  return out;
}
