/** The messages between the extension host, which owns all state, and the Branches view, a projection of it. */
import type { ModelError } from './core/model/error';
import type { Finish } from './core/model/languageModel';
import type { MissingReason } from './core/model/token';
import type { NodeId, NodeStatus } from './core/tree/node';

/** A token as the view needs it: its text, and what the hover shows. */
export interface TokenView {
  text: string;
  /** Natural logarithm; null when missing. */
  logprob: number | null;
  missing?: MissingReason;
  alternatives: readonly { text: string; logprob: number }[];
  /** Probability mass (0 to 1) not listed; null when unknown. */
  tail: number | null;
}

export interface BranchView {
  /** The number on the card, from 0; fixed at birth. */
  index: number;
  node: NodeId;
  tokens: readonly TokenView[];
  status: NodeStatus;
  finish?: Finish;
  error?: ErrorInfo;
}

/** Something to tell above the cards: what happened and what to do. */
export interface Notice {
  severity: 'info' | 'warning' | 'error';
  message: string;
}

export interface BatchView {
  /** Null before the first batch: the empty state. */
  id: string | null;
  /** Name of the document it belongs to; empty when none. */
  document: string;
  /** The last words before the place, for orientation. */
  lead: string;
  model: { label: string; /** One sentence that says what it is. */ note: string };
  branches: readonly BranchView[];
  /** The branch now in the document, if any. */
  inserted: number | null;
  /** Which of this document's batches this is, from 0, of how many. */
  position: { index: number; count: number };
  notices: readonly Notice[];
  /** Labels of the keys that work in the editor, as the writer has bound them. */
  keys?: { continue: string };
}

/** What there is to show before the first batch. */
export const EMPTY_BATCH: BatchView = {
  id: null,
  document: '',
  lead: '',
  model: { label: '', note: '' },
  branches: [],
  inserted: null,
  position: { index: 0, count: 0 },
  notices: [],
};

/** What was added to one branch since the last message. */
export interface BranchDelta {
  index: number;
  tokens: readonly TokenView[];
  end?: { status: Exclude<NodeStatus, 'streaming'>; finish?: Finish; error?: ErrorInfo };
}

export type ErrorInfo = Pick<ModelError, 'message' | 'action' | 'retryable'>;

/**
 * `rev` counts messages of state and delta; a view that sees a hole asks for the state with `ready`.
 * A delta with `inserted` changes which branch is in the document, so that a swap needs no whole state.
 */
export type ToView =
  | { type: 'state'; rev: number; batch: BatchView }
  | { type: 'delta'; rev: number; items: readonly BranchDelta[]; inserted?: number | null }
  | { type: 'reply'; re: number; error?: ErrorInfo };

export type Action =
  | { kind: 'continue' }
  | { kind: 'insert'; branch: number }
  | { kind: 'copy'; branch: number }
  | { kind: 'stop' }
  | { kind: 'retry'; branch: number }
  | { kind: 'batch'; step: -1 | 1 }
  | { kind: 'focus-editor' };

/** Every `do` gets one `reply` with the same number. */
export type ToHost = { type: 'ready' } | { type: 'do'; id: number; rev: number; action: Action };
