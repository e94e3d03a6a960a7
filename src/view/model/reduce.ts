import type {
  Action,
  BatchView,
  BranchDelta,
  BranchView,
  ErrorInfo,
  RewrittenView,
  ToHost,
  TokenView,
  ToView,
} from '../../protocol';
import { confidenceSteps, THRESHOLDS } from '../../core/model/confidence';
import { foldsOf, NO_FOLDS, type Folds } from './folds';
import { openingsOf } from './openings';
import type { ViewState } from './state';

/** After this many messages with no answer, the state is asked for once more. */
const ASK_AGAIN = 60;

/** The state after one message of the host. */
export function reduce(state: ViewState, message: ToView): ViewState {
  switch (message.type) {
    case 'state':
      return withBatch(
        withSteps({ ...state, rev: message.rev, missed: 0 }, message.batch),
        message.batch,
      );
    case 'delta':
      return withDelta(state, message);
    case 'reply':
      return withReply(state, message.re, message.error);
  }
}

/** Whether the step from `before` to `after` calls for a `ready`: a message was lost. */
export function needsState(before: ViewState, after: ViewState): boolean {
  return after.missed !== before.missed && after.missed % ASK_AGAIN === 1;
}

/** The message that asks the host to do something, and the state that waits for the reply. */
export function send(state: ViewState, action: Action): { state: ViewState; message: ToHost } {
  const id = state.nextId;
  const pending = new Map(state.pending).set(id, action);
  return {
    state: { ...state, nextId: id + 1, pending, problem: null, confirmed: null },
    message: { type: 'do', id, rev: state.rev ?? 0, action },
  };
}

function withSteps(state: ViewState, { thresholds = THRESHOLDS }: BatchView): ViewState {
  const isSameSteps = JSON.stringify(thresholds) === JSON.stringify(state.steps.thresholds);
  return isSameSteps ? state : { ...state, steps: confidenceSteps(thresholds) };
}

function withBatch(state: ViewState, batch: BatchView): ViewState {
  if (batch.id !== state.batch.id) {
    return withSiblings(NO_FOLDS, {
      ...state,
      batch,
      problem: null,
      confirmed: null,
      openings: new Map(),
      unfolded: new Set(),
      selected: new Set(),
    });
  }
  const known = new Map(state.batch.branches.map((branch) => [branch.index, branch]));
  const branches = batch.branches.map((branch) => ({
    ...branch,
    tokens: shareTokens(known.get(branch.index)?.tokens ?? [], branch.tokens),
  }));
  const selected = new Set([...state.selected].filter((index) => index < branches.length));
  return withSiblings(state.folds, { ...state, batch: { ...batch, branches }, selected });
}

/** What depends on how the branches compare. */
function withSiblings(foldsBefore: Folds, state: ViewState): ViewState {
  const folds = foldsOf(foldsBefore, state.batch);
  const known = folds === state.folds ? state.openings : new Map<number, never>();
  return { ...state, folds, openings: openingsOf(known, state.batch, folds) };
}

/** `next` with the token objects of `before` where it only adds to them, so that drawing adds too. */
function shareTokens(
  before: readonly TokenView[],
  next: readonly TokenView[],
): readonly TokenView[] {
  const same = before.every((token, at) => isSame(token, next[at]));
  return same ? before.concat(next.slice(before.length)) : next;
}

/** Text and probability decide what is drawn; the rest of a token never changes on its own. */
function isSame(a: TokenView, b: TokenView | undefined): boolean {
  return (
    a.text === b?.text && a.logprob === b.logprob && a.missing === b.missing && a.bits === b.bits
  );
}

function withDelta(state: ViewState, delta: ToView & { type: 'delta' }): ViewState {
  if (state.rev === null || delta.rev <= state.rev) {
    return state;
  }
  const items = new Map(delta.items.map((item) => [item.index, item]));
  const known = new Set(state.batch.branches.map(({ index }) => index));
  const isNext = state.missed === 0 && delta.rev === state.rev + 1;
  if (!isNext || [...items.keys()].some((index) => !known.has(index))) {
    return { ...state, missed: state.missed + 1 };
  }
  const branches = state.batch.branches.map((branch) => {
    const item = items.get(branch.index);
    return item === undefined ? branch : grown(branch, item);
  });
  const inserted = delta.inserted === undefined ? state.batch.inserted : delta.inserted;
  const ideas = delta.ideas ?? state.batch.ideas;
  const rewritten = withFindings(state.batch.rewritten, delta.rewritten);
  const about = { ...(ideas && { ideas }), ...(rewritten && { rewritten }) };
  const batch = { ...state.batch, branches, inserted, ...about };
  const next = { ...state, rev: delta.rev, batch };
  return delta.items.some(changesText) ? withSiblings(state.folds, next) : next;
}

function withFindings(
  before: RewrittenView | undefined,
  found: Omit<RewrittenView, 'source'> | undefined,
): RewrittenView | undefined {
  return before && found ? { ...before, ...found } : before;
}

function changesText({ tokens, end }: BranchDelta): boolean {
  return tokens.length > 0 || end !== undefined;
}

function grown(
  branch: BranchView,
  { tokens, end, flags, openness, freeze, fork, rewrite }: BranchDelta,
): BranchView {
  const all = tokens.length === 0 ? branch.tokens : branch.tokens.concat(tokens);
  return {
    ...branch,
    ...end,
    ...(flags && { flags }),
    ...(freeze && { freeze }),
    ...(rewrite && { rewrite }),
    ...(fork && { fork }),
    tokens: openness === undefined ? all : all.map((token, i) => withBits(token, openness[i])),
  };
}

function withBits(token: TokenView, bits: number | null | undefined): TokenView {
  return bits === undefined || bits === null ? token : { ...token, bits };
}

function withReply(state: ViewState, re: number, error: ErrorInfo | undefined): ViewState {
  const action = state.pending.get(re);
  if (action === undefined) {
    return state;
  }
  const pending = new Map(state.pending);
  pending.delete(re);
  if (error === undefined) {
    return { ...state, pending, confirmed: action };
  }
  return { ...state, pending, problem: { branch: branchOf(action), error } };
}

function branchOf(action: Action): number | null {
  return 'branch' in action ? action.branch : null;
}
