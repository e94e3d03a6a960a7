import type { Action, BatchView } from '../../protocol';
import { hasBatch, hasText, isStreaming } from './state';

/** What a key asks for. */
export type Command =
  | { kind: 'do'; action: Action }
  | { kind: 'close-popup' }
  | { kind: 'card'; to: 'previous' | 'next' | 'first' | 'last' }
  | { kind: 'token'; to: 'previous' | 'next' | 'first' | 'last' };

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
}

/** The command of a key, or null when it means nothing here and is somebody else's. */
export function commandOf(key: Key, place: Place, batch: BatchView): Command | null {
  if (key.ctrlKey || key.altKey || key.metaKey) {
    return null;
  }
  // Selecting with Shift+arrows stays with the browser.
  const move = key.shiftKey ? null : moveOf(key.key, place);
  // A key held down moves on, but does nothing twice.
  return move ?? (key.repeat ? null : actionOf(key.key, place, batch));
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

function actionOf(key: string, { focus, branch, hasPopup }: Place, batch: BatchView) {
  switch (key.toLowerCase()) {
    case 'escape':
      return hasPopup ? ({ kind: 'close-popup' } as const) : does(escapeAction(batch));
    case 'enter':
      return focus === 'button' ? null : onBranch(batch, branch, 'insert');
    case 'm':
      return isStreaming(batch) ? null : does({ kind: 'continue' });
    case 'c':
      return onBranch(batch, branch, 'copy');
    case '[':
    case 'pageup':
      return toBatch(batch, -1);
    case ']':
    case 'pagedown':
      return toBatch(batch, 1);
    default:
      return /^[1-9]$/.test(key) ? onBranch(batch, Number(key) - 1, 'insert') : null;
  }
}

function escapeAction(batch: BatchView): Action {
  return { kind: isStreaming(batch) ? 'stop' : 'focus-editor' };
}

function onBranch(batch: BatchView, index: number | null, kind: 'insert' | 'copy') {
  const branch = batch.branches.find((candidate) => candidate.index === index);
  return branch && hasText(branch) ? does({ kind, branch: branch.index }) : null;
}

function toBatch(batch: BatchView, step: -1 | 1): Command | null {
  return hasBatch(batch, step) ? does({ kind: 'batch', step }) : null;
}

function does(action: Action): Command {
  return { kind: 'do', action };
}
