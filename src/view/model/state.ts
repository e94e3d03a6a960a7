import {
  EMPTY_BATCH,
  type Action,
  type BatchView,
  type BranchView,
  type ErrorInfo,
} from '../../protocol';
import { CONFIDENCE_STEPS, type ConfidenceSteps } from '../../core/model/confidence';
import { NO_FOLDS, type Folds } from './folds';
import type { Openings } from './openings';

/** An action that the host refused, and the branch it was about (null: none in particular). */
export interface Problem {
  branch: number | null;
  error: ErrorInfo;
}

/** How the writer wants the text shown. */
export interface Look {
  /** The text as the model wrote it, with white space made visible. */
  isRaw: boolean;
  hasColours: boolean;
  /** Of rewrites: what changed, in place of the text alone. */
  showsChanges: boolean;
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
  look: Look;
  /** Where the steps of confidence begin. */
  steps: ConfidenceSteps;
  folds: Folds;
  openings: Openings;
  /** Branches whose identical siblings are shown after all. */
  unfolded: ReadonlySet<number>;
  /** Branches chosen to be put into one group. */
  selected: ReadonlySet<number>;
}

export const initialState: ViewState = {
  rev: null,
  missed: 0,
  batch: EMPTY_BATCH,
  nextId: 1,
  pending: new Map(),
  problem: null,
  confirmed: null,
  look: { isRaw: false, hasColours: true, showsChanges: false },
  steps: CONFIDENCE_STEPS,
  folds: NO_FOLDS,
  openings: new Map(),
  unfolded: new Set(),
  selected: new Set(),
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

/** Whether the batch can be asked for again in another way. */
export function canPushApart(batch: BatchView): boolean {
  return batch.canAskAgain && batch.branches.length > 0 && !isStreaming(batch);
}

/** Whether the branch stands in a group with others, and so can be taken out of it. */
export function canSplit({ ideas }: BatchView, index: number): boolean {
  const group = ideas?.groups.find(({ members }) => members.includes(index));
  return (group?.members.length ?? 0) > 1;
}

/** The one reason why every branch failed, where there are several and only one reason. */
export function commonFailure({ branches }: BatchView): ErrorInfo | null {
  const [first] = branches;
  const isCommon =
    branches.length > 1 &&
    branches.every(
      ({ status, error }) => status === 'failed' && error?.message === first?.error?.message,
    );
  return isCommon ? (first?.error ?? null) : null;
}
