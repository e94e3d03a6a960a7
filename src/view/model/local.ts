import type { ViewState } from './state';

/** What the writer does to the page alone: the host never hears of it. */
export type LocalAction =
  | { kind: 'raw' }
  | { kind: 'colours' }
  /** Shows what rewrites change in their passage, or their text again. */
  | { kind: 'changes' }
  /** Shows the identical siblings of a branch, or folds them again. */
  | { kind: 'fold'; branch: number }
  | { kind: 'select'; branch: number }
  | { kind: 'clear-selection' };

/** The state after it. */
export function reduceLocal(state: ViewState, action: LocalAction): ViewState {
  switch (action.kind) {
    case 'raw':
      return { ...state, look: { ...state.look, isRaw: !state.look.isRaw } };
    case 'colours':
      return { ...state, look: { ...state.look, hasColours: !state.look.hasColours } };
    case 'changes':
      return { ...state, look: { ...state.look, showsChanges: !state.look.showsChanges } };
    case 'fold':
      return { ...state, unfolded: toggled(state.unfolded, headOf(state, action.branch)) };
    case 'select':
      return { ...state, selected: toggled(state.selected, action.branch) };
    case 'clear-selection':
      return { ...state, selected: new Set() };
  }
}

/** The card that shows a branch: its own, or that of its identical sibling. */
export function headOf({ folds }: Pick<ViewState, 'folds'>, branch: number): number {
  return folds.get(branch) ?? branch;
}

/** Whether a branch's own card is out of sight behind an identical one. */
export function isFolded({ folds, unfolded }: ViewState, branch: number): boolean {
  const head = folds.get(branch);
  return head !== undefined && !unfolded.has(head);
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) {
    next.add(item);
  }
  return next;
}
