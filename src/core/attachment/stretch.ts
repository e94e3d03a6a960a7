import type { Span } from '../text/span';
import type { Attachment } from '../tree/node';

/**
 * Lists of attachments are sorted, disjoint and without empty stretches; stretches that touch in the
 * document and in the node are one.
 */
export type Attachments = readonly Attachment[];

/** Index of the first stretch that ends after `offset`; the list's length when none does. */
export function firstEndingAfter(list: Attachments, offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const stretch = list[middle];
    if (stretch !== undefined && stretch.end <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Adds a stretch behind the others; joined to the last one when it goes on where that one ends. */
export function append(list: Attachment[], next: Attachment): void {
  if (next.start >= next.end) {
    return;
  }
  const last = list.at(-1);
  if (
    last?.end === next.start &&
    last.node === next.node &&
    last.from + last.end - last.start === next.from
  ) {
    list[list.length - 1] = { ...last, end: next.end };
  } else {
    list.push(next);
  }
}

/** What of a stretch lies inside `span`, moved by `shift`; empty (start ≥ end) when nothing does. */
export function clip(stretch: Attachment, span: Span, shift: number): Attachment {
  const start = Math.max(stretch.start, span.start);
  const end = Math.min(stretch.end, span.end);
  if (shift === 0 && start === stretch.start && end === stretch.end) {
    return stretch;
  }
  const { node, from } = stretch;
  return { start: start + shift, end: end + shift, node, from: from + start - stretch.start };
}

/** Appends to `out` what of `list` lies inside `span`, moved by `shift`. */
export function carry(out: Attachment[], list: Attachments, span: Span, shift: number): void {
  for (let i = firstEndingAfter(list, span.start); i < list.length; i++) {
    const stretch = list[i];
    if (stretch === undefined || stretch.start >= span.end) {
      return;
    }
    append(out, clip(stretch, span, shift));
  }
}

/** What of `list` lies inside `span`, moved by `shift`. */
export function cut(list: Attachments, span: Span, shift: number): Attachment[] {
  const out: Attachment[] = [];
  carry(out, list, span, shift);
  return out;
}

/** The same stretches moved by `shift`. */
export function moved(list: Attachments, shift: number): Attachments {
  return shift === 0
    ? list
    : list.map(({ start, end, node, from }) => ({
        start: start + shift,
        end: end + shift,
        node,
        from,
      }));
}
