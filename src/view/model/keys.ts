import type { Action, BranchView, Take } from '../../protocol';
import type { LandmarkKind } from '../../core/model/landmarks';
import type { LocalAction } from './local';
import { againCommand, rewriteCommand } from './rewriteKeys';
import { canPushApart, canSplit, hasBatch, hasText, isStreaming, type ViewState } from './state';

/** What a key or a button asks for. */
export type Command =
  | { kind: 'do'; action: Action }
  | { kind: 'local'; action: LocalAction }
  | { kind: 'retry-all' }
  | { kind: 'menu'; branch: number }
  | { kind: 'help' }
  | { kind: 'close-popup' }
  | { kind: 'card'; to: 'previous' | 'next' | 'first' | 'last' }
  | { kind: 'token'; to: 'previous' | 'next' | 'first' | 'last' }
  /** The other words that a token could have been, as a menu. */
  | { kind: 'alternatives' }
  | { kind: 'landmark'; landmark: LandmarkKind; to: 'previous' | 'next' }
  /** The token at an offset of a branch's text. */
  | { kind: 'go'; branch: number; at: number };

/** The parts of a `KeyboardEvent` that count. */
export type Key = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'repeat'
>;

/** Where the keyboard is: on the page, a button, a card or a token; and on which branch. */
export interface Place {
  focus: 'page' | 'button' | 'card' | 'token';
  branch: number | null;
  hasPopup: boolean;
  /** The number of the token that the keyboard is on. */
  token?: number;
}

/** What the meaning of a key depends on. */
export type Keyed = Pick<ViewState, 'batch' | 'selected' | 'folds'>;

/** The command of a key, or null when it means nothing here and is somebody else's. */
export function commandOf(key: Key, place: Place, state: Keyed): Command | null {
  if (key.ctrlKey || key.altKey || key.metaKey) {
    return null;
  }
  // Selecting with Shift+arrows stays with the browser.
  const move = landmarkOf(key, place) ?? (key.shiftKey ? null : moveOf(key.key, place));
  // A key held down moves on, but does nothing twice.
  return move ?? (key.repeat ? null : actionOf(key.key, place, state));
}

const LANDMARKS: Readonly<Record<string, LandmarkKind>> = { n: 'fork', l: 'uncertain', k: 'stuck' };

function landmarkOf({ key, shiftKey }: Key, { branch }: Place): Command | null {
  const landmark = LANDMARKS[key.toLowerCase()];
  return landmark === undefined || branch === null
    ? null
    : { kind: 'landmark', landmark, to: shiftKey ? 'previous' : 'next' };
}

function moveOf(key: string, { focus }: Place): Command | null {
  const inToken = focus === 'token';
  switch (key) {
    case 'ArrowUp':
      return { kind: 'card', to: 'previous' };
    case 'ArrowDown':
      return { kind: 'card', to: 'next' };
    case 'Home':
      return { kind: inToken ? 'token' : 'card', to: 'first' };
    case 'End':
      return { kind: inToken ? 'token' : 'card', to: 'last' };
    case 'ArrowLeft':
      return inToken || focus === 'card' ? { kind: 'token', to: 'previous' } : null;
    case 'ArrowRight':
      return inToken || focus === 'card' ? { kind: 'token', to: 'next' } : null;
    default:
      return null;
  }
}

function actionOf(key: string, place: Place, state: Keyed): Command | null {
  const { focus, branch, hasPopup } = place;
  if (/^[1-9]$/.test(key)) {
    return takeCommand(state, Number(key) - 1, 'all');
  }
  switch (key.toLowerCase()) {
    case 'escape':
      return hasPopup ? { kind: 'close-popup' } : does(escapeAction(state));
    case 'enter':
      return focus === 'button' ? null : takeCommand(state, branch, 'all');
    case ' ':
      return focus === 'button' || branch === null ? null : local({ kind: 'select', branch });
    case '?':
      return { kind: 'help' };
    default:
      return (
        rewriteCommand(key.toLowerCase(), branch, state) ??
        forkCommand(key.toLowerCase(), place, state) ??
        cardCommand(key.toLowerCase(), branch, state) ??
        pageCommand(key.toLowerCase(), state)
      );
  }
}

function forkCommand(key: string, { branch, token }: Place, state: Keyed): Command | null {
  switch (key) {
    case 'o':
      return token === undefined ? null : { kind: 'alternatives' };
    case 'e':
      return escapeCommand(state, branch, token);
    case 'j':
      return freezeCommand(state, branch);
    default:
      return null;
  }
}

/** From the first stuck place at or after a token, or of the whole branch; null where there is no text. */
export function escapeCommand(state: Keyed, index: number | null, token?: number): Command | null {
  const branch = written(state, index);
  if (branch === null) {
    return null;
  }
  const escape = { kind: 'escape', branch: branch.index } as const;
  const before = branch.tokens.slice(0, token);
  const from = before.reduce((sum, { text }) => sum + text.length, 0);
  return does(token === undefined ? escape : { ...escape, from });
}

/** Null where the branch has no text yet, or is not whole. */
export function freezeCommand(state: Keyed, index: number | null): Command | null {
  const branch = written(state, index);
  return branch === null || branch.status === 'streaming'
    ? null
    : does({ kind: 'freeze', branch: branch.index });
}

function cardCommand(key: string, branch: number | null, state: Keyed): Command | null {
  switch (key) {
    case 'w':
      return takeCommand(state, branch, 'word');
    case 's':
      return takeCommand(state, branch, 'sentence');
    case 'p':
      return takeCommand(state, branch, 'paragraph');
    case 'r':
      return replaceCommand(state, branch);
    case 'd':
      return onBranch(state, branch, 'diff');
    case 'c':
      return onBranch(state, branch, 'copy');
    case 'x':
      return onBranch(state, branch, 'multiverse');
    case 't':
      return againCommand(state, branch) ?? retryCommand(state, branch);
    case 'u':
      return splitCommand(state, branch);
    case 'f':
      return foldCommand(state, branch);
    default:
      return null;
  }
}

function pageCommand(key: string, state: Keyed): Command | null {
  switch (key) {
    case 'm':
      return moreCommand(state);
    case 'a':
      return pushApartCommand(state);
    case 'g':
      return mergeCommand(state);
    case 'v':
      return local({ kind: 'raw' });
    case '[':
    case 'pageup':
      return toBatch(state, -1);
    case ']':
    case 'pagedown':
      return toBatch(state, 1);
    default:
      return null;
  }
}

/** Null where the branch has no text. */
export function takeCommand(state: Keyed, index: number | null, take: Take): Command | null {
  const branch = written(state, index);
  // A rewrite takes the place of its passage: part of it would leave a hole.
  if (branch === null || (take !== 'all' && state.batch.rewritten)) {
    return null;
  }
  const action = { kind: 'insert', branch: branch.index } as const;
  return does(take === 'all' ? action : { ...action, take });
}

/** Null where no selection was continued. */
export function replaceCommand(state: Keyed, index: number | null): Command | null {
  return state.batch.hasSelection ? onBranch(state, index, 'replace') : null;
}

/** Null unless the branch failed for a reason that may pass. */
export function retryCommand({ batch }: Keyed, index: number | null): Command | null {
  const branch = batch.branches.find((candidate) => candidate.index === index);
  const canHelp = branch?.status === 'failed' && branch.error?.retryable === true;
  return canHelp ? does({ kind: 'retry', branch: branch.index }) : null;
}

/** Null where the branch is alone in its group. */
export function splitCommand({ batch }: Keyed, index: number | null): Command | null {
  return index !== null && canSplit(batch, index)
    ? does({ kind: 'split-idea', branch: index })
    : null;
}

/** Null where no sibling is identical. */
export function foldCommand({ folds }: Keyed, index: number | null): Command | null {
  const isPart = index !== null && (folds.has(index) || [...folds.values()].includes(index));
  return isPart ? local({ kind: 'fold', branch: index }) : null;
}

/** Null while fewer than two cards are chosen. */
export function mergeCommand({ batch, selected }: Keyed): Command | null {
  const branches = [...selected].sort((a, b) => a - b);
  return branches.length > 1 && batch.ideas ? does({ kind: 'merge-ideas', branches }) : null;
}

/** More from the same passage where it is known, else from where the caret is; null while streaming. */
export function moreCommand({ batch }: Keyed): Command | null {
  if (isStreaming(batch)) {
    return null;
  }
  return does({ kind: batch.canAskAgain ? 'more' : 'continue' });
}

function pushApartCommand({ batch }: Keyed): Command | null {
  return canPushApart(batch) ? does({ kind: 'push-apart' }) : null;
}

function escapeAction({ batch }: Keyed): Action {
  return { kind: isStreaming(batch) ? 'stop' : 'focus-editor' };
}

/** Null where the branch has no text. */
export function onBranch(
  state: Keyed,
  index: number | null,
  kind: 'copy' | 'diff' | 'replace' | 'multiverse',
): Command | null {
  const branch = written(state, index);
  return branch && does({ kind, branch: branch.index });
}

function written({ batch }: Keyed, index: number | null): BranchView | null {
  const branch = batch.branches.find((candidate) => candidate.index === index);
  return branch && hasText(branch) ? branch : null;
}

function toBatch({ batch }: Keyed, step: -1 | 1): Command | null {
  return hasBatch(batch, step) ? does({ kind: 'batch', step }) : null;
}

export function does(action: Action): Command {
  return { kind: 'do', action };
}

export function local(action: LocalAction): Command {
  return { kind: 'local', action };
}
