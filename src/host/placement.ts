import type { Change } from '../core/attachment/change';
import type { Span } from '../core/text/span';

/**
 * Where the next chosen branch of a batch goes (LF offsets):
 * `anchor` where the batch was asked for · `placed` in place of the branch that is there, nothing
 * having been typed since · `caret` where the writer is, since they went on writing after a choice.
 */
export type Placement =
  | { kind: 'anchor'; at: number }
  | { kind: 'placed'; branch: number; span: Span }
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
      return { kind: 'anchor', at: mapOffset(placement.at, changes) };
    case 'placed':
      return reason === 'edit'
        ? { kind: 'caret' }
        : { kind: 'anchor', at: mapOffset(placement.span.start, changes) };
    case 'caret':
      return placement;
  }
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

function shiftBefore(changes: readonly Change[], offset: number): number {
  return changes
    .filter(({ end }) => end <= offset)
    .reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}
