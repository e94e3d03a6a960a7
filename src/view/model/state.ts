import {
  EMPTY_BATCH,
  type Action,
  type BatchView,
  type BranchView,
  type ErrorInfo,
} from '../../protocol';

/** An action that the host refused, and the branch it was about (null: none in particular). */
export interface Problem {
  branch: number | null;
  error: ErrorInfo;
}

/** Everything the page shows. It is a projection: throwing it away loses nothing. */
export interface ViewState {
  /** `rev` of the last message taken in; null before the first state. */
  rev: number | null;
  /** Messages seen since one was lost; 0 when none was. */
  missed: number;
  batch: BatchView;
  /** The number the next action is sent under. */
  nextId: number;
  /** Actions sent and not yet answered. */
  pending: ReadonlyMap<number, Action>;
  /** The latest refusal, until the next action or batch. */
  problem: Problem | null;
  /** The latest action that was done, until the next action or batch. */
  confirmed: Action | null;
}

export const initialState: ViewState = {
  rev: null,
  missed: 0,
  batch: EMPTY_BATCH,
  nextId: 1,
  pending: new Map(),
  problem: null,
  confirmed: null,
};

export function isStreaming(batch: BatchView): boolean {
  return batch.branches.some(({ status }) => status === 'streaming');
}

/** True when there is text to insert or copy. */
export function hasText(branch: BranchView): boolean {
  return branch.tokens.some(({ text }) => text !== '');
}

/** Whether there is a batch before (-1) or after (1) the one shown. */
export function hasBatch({ position: { index, count } }: BatchView, step: -1 | 1): boolean {
  const target = index + step;
  return target >= 0 && target < count;
}
