import type { Change } from '../core/attachment/change';
import type { Span } from '../core/text/span';

/**
 * Where the next chosen branch of a batch goes (LF offsets):
 * `anchor` where the batch was asked for, after the selection if one was continued ·
 * `placed` in place of the branch that is there, nothing having been typed since ·
 * `caret` where the writer is, since they went on writing after a choice.
 */
export type Placement =
  | { kind: 'anchor'; at: number; selection?: Span }
  | {
      kind: 'placed';
      branch: number;
      span: Span;
      /** The selection that was continued, as it was before the choice. */
      selection?: Span;
    }
  | { kind: 'caret' };

/** An edit of the document that was not our own insertion. */
export interface ForeignEdit {
  changes: readonly Change[];
  reason: 'edit' | 'undo' | 'redo';
}

/** The placement after someone else's edit. An undone choice leaves the place open again. */
export function afterEdit(placement: Placement, { changes, reason }: ForeignEdit): Placement {
  switch (placement.kind) {
    case 'anchor':
      return anchor(
        mapOffset(placement.at, changes),
        placement.selection && mapSpan(placement.selection, changes),
      );
    case 'placed':
      return reason === 'edit' ? { kind: 'caret' } : reopened(placement, changes);
    case 'caret':
      return placement;
  }
}

/** The placement after a branch was put into the document. */
export function afterPlacing(before: Placement, branch: number, span: Span): Placement {
  const selection = selectionOf(before);
  return { kind: 'placed', branch, span, ...(selection ? { selection } : {}) };
}

/** The selection that a branch can still replace. */
export function selectionOf(placement: Placement): Span | undefined {
  return placement.kind === 'caret' ? undefined : placement.selection;
}

/** Whether the branch stands in place of the selection rather than after it. */
export function hasReplaced({ span, selection }: Placement & { kind: 'placed' }): boolean {
  return selection !== undefined && span.start < selection.end;
}

function reopened(placed: Placement & { kind: 'placed' }, changes: readonly Change[]): Placement {
  const { span, selection } = placed;
  const start = mapOffset(span.start, changes);
  if (!selection) {
    return anchor(start);
  }
  const length = selection.end - selection.start;
  const from = hasReplaced(placed) ? start : mapOffset(selection.start, changes);
  return anchor(from + length, { start: from, end: from + length });
}

function anchor(at: number, selection?: Span): Placement {
  return { kind: 'anchor', at, ...(selection ? { selection } : {}) };
}

/** Where an offset lies after changes; text inserted right at it comes before it, as with a caret. */
export function mapOffset(offset: number, changes: readonly Change[]): number {
  let shift = 0;
  for (const { start, end, text } of changes) {
    if (end <= offset) {
      shift += text.length - (end - start);
    } else if (start < offset) {
      return shiftBefore(changes, start) + start + text.length;
    }
  }
  return offset + shift;
}

/** Where a stretch lies after changes; text inserted at either border stays outside. */
export function mapSpan({ start, end }: Span, changes: readonly Change[]): Span {
  const from = mapOffset(start, changes);
  const inside = changes.filter((change) => change.start < end);
  const to = mapOffset(end, inside);
  return { start: from, end: Math.max(from, to) };
}

function shiftBefore(changes: readonly Change[], offset: number): number {
  return changes
    .filter(({ end }) => end <= offset)
    .reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}
