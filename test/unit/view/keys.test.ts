import assert from 'node:assert/strict';
import {
  commandOf,
  type Command,
  type Key,
  type Keyed,
  type Place,
} from '../../../src/view/model/keys';
import { batch, branch, branches, ideas } from '../../view/page/samples';

const done = batch([...branches(3), branch(3, { tokens: [] })]);
const busy = batch(branches(3, { status: 'streaming' }));
const onCard: Place = { focus: 'card', branch: 1, hasPopup: false };
const onPage: Place = { focus: 'page', branch: null, hasPopup: false };
const onToken: Place = { focus: 'token', branch: 1, hasPopup: true };
const onButton: Place = { focus: 'button', branch: 1, hasPopup: false };

const press = (key: string, more: Partial<Key> = {}): Key => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const does = (action: (Command & { kind: 'do' })['action']): Command => ({ kind: 'do', action });

function assertKey(
  key: string | Key,
  wanted: Command | null,
  place = onCard,
  view = done,
  more: Partial<Keyed> = {},
) {
  const pressed = typeof key === 'string' ? press(key) : key;
  const state = {
    batch: view,
    selected: new Set<number>(),
    folds: new Map<number, number>(),
    ...more,
  };
  assert.deepEqual(commandOf(pressed, place, state), wanted);
}

describe('view: keys', () => {
  it('inserts by number, wherever the focus is', () => {
    for (const place of [onCard, onPage, onToken, onButton]) {
      assertKey('1', does({ kind: 'insert', branch: 0 }), place);
      assertKey('3', does({ kind: 'insert', branch: 2 }), place);
    }
  });

  it('has no number for a branch without text or one that is not there', () => {
    assertKey('4', null);
    assertKey('9', null);
    assertKey('0', null);
  });

  it('inserts the card that has the focus, and leaves Enter to a button', () => {
    assertKey('Enter', does({ kind: 'insert', branch: 1 }));
    assertKey('Enter', does({ kind: 'insert', branch: 1 }), onToken);
    assertKey('Enter', null, onPage);
    assertKey('Enter', null, onButton);
  });

  it('copies the card that has the focus', () => {
    assertKey('c', does({ kind: 'copy', branch: 1 }));
    assertKey('C', does({ kind: 'copy', branch: 1 }), onButton);
    assertKey('c', null, onPage);
  });

  it('shows what else could have come instead of the branch that has the focus', () => {
    assertKey('x', does({ kind: 'multiverse', branch: 1 }));
    assertKey('x', null, onPage);
  });

  it('leaves every key with a modifier to VS Code', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      for (const key of ['c', '1', 'm', 'Enter', 'ArrowDown', 'Escape']) {
        assertKey(press(key, { [modifier]: true }), null);
      }
    }
    assertKey(press('ArrowRight', { shiftKey: true }), null);
  });

  it('asks for more only when nothing is streaming', () => {
    assertKey('m', does({ kind: 'more' }), onPage);
    assertKey('m', does({ kind: 'continue' }), onPage, { ...done, canAskAgain: false });
    assertKey('m', null, onPage, busy);
  });

  it('closes the popup, then stops, then goes back to the draft', () => {
    assertKey('Escape', { kind: 'close-popup' }, onToken, busy);
    assertKey('Escape', does({ kind: 'stop' }), onCard, busy);
    assertKey('Escape', does({ kind: 'focus-editor' }), onCard, done);
  });

  it('moves between cards', () => {
    assertKey('ArrowUp', { kind: 'card', to: 'previous' });
    assertKey('ArrowDown', { kind: 'card', to: 'next' }, onToken);
    assertKey('Home', { kind: 'card', to: 'first' });
    assertKey('End', { kind: 'card', to: 'last' }, onPage);
  });

  it('moves between the tokens of a card', () => {
    assertKey('ArrowRight', { kind: 'token', to: 'next' });
    assertKey('ArrowLeft', { kind: 'token', to: 'previous' }, onToken);
    assertKey('Home', { kind: 'token', to: 'first' }, onToken);
    assertKey('End', { kind: 'token', to: 'last' }, onToken);
    assertKey('ArrowRight', null, onPage);
    assertKey('ArrowRight', null, onButton);
  });

  it('moves on while held down, and acts once', () => {
    assertKey(press('ArrowDown', { repeat: true }), { kind: 'card', to: 'next' });
    for (const key of ['1', 'Enter', 'm', 'c', 'Escape', '[']) {
      assertKey(press(key, { repeat: true }), null);
    }
  });

  it('goes to the batch before and after, where there is one', () => {
    assertKey('[', does({ kind: 'batch', step: -1 }));
    assertKey('PageUp', does({ kind: 'batch', step: -1 }));
    assertKey(']', does({ kind: 'batch', step: 1 }));
    assertKey('PageDown', does({ kind: 'batch', step: 1 }));
    const only = { ...done, position: { index: 0, count: 1 } };
    assertKey('[', null, onCard, only);
    assertKey(']', null, onCard, only);
  });

  it('takes only the first word, sentence or paragraph', () => {
    for (const [key, take] of [
      ['w', 'word'],
      ['s', 'sentence'],
      ['P', 'paragraph'],
    ] as const) {
      assertKey(key, does({ kind: 'insert', branch: 1, take }));
      assertKey(key, null, onPage);
    }
  });

  it('replaces only where a selection was continued', () => {
    assertKey('r', null);
    const view = { ...done, hasSelection: true };
    assertKey('r', does({ kind: 'replace', branch: 1 }), onCard, view);
    assertKey('d', does({ kind: 'diff', branch: 1 }));
  });

  it('tries again only what failed for a reason that may pass', () => {
    const failure = { message: 'x', action: 'y', retryable: true };
    const failed = (retryable: boolean) =>
      batch([branch(0), branch(1, { status: 'failed', error: { ...failure, retryable } })]);
    assertKey('t', does({ kind: 'retry', branch: 1 }), onCard, failed(true));
    assertKey('t', null, onCard, failed(false));
    assertKey('t', null);
  });

  it('chooses cards, merges those chosen and splits the one with the focus', () => {
    const view = { ...done, ideas: ideas() };
    assertKey(' ', { kind: 'local', action: { kind: 'select', branch: 1 } });
    assertKey(' ', null, onButton);
    const merge = does({ kind: 'merge-ideas', branches: [0, 2] });
    assertKey('g', merge, onPage, view, { selected: new Set([2, 0]) });
    assertKey('g', null, onPage, view, { selected: new Set([2]) });
    assertKey('u', does({ kind: 'split-idea', branch: 1 }), onCard, view);
    assertKey('u', null, { ...onCard, branch: 3 }, view);
  });

  it('shows identical branches of a card that has some', () => {
    const folds = new Map([[2, 1]]);
    const local = (branch: number): Command => ({
      kind: 'local',
      action: { kind: 'fold', branch },
    });
    assertKey('f', local(1), onCard, done, { folds });
    assertKey('f', null, { ...onCard, branch: 0 }, done, { folds });
  });

  it('pushes apart when nothing is streaming and the passage is known', () => {
    assertKey('a', does({ kind: 'push-apart' }), onPage);
    assertKey('a', null, onPage, busy);
    assertKey('a', null, onPage, { ...done, canAskAgain: false });
  });

  it('shows raw text and the keys, wherever the focus is', () => {
    assertKey('v', { kind: 'local', action: { kind: 'raw' } }, onPage);
    assertKey(press('?', { shiftKey: true }), { kind: 'help' }, onButton);
  });

  describe('of rewrites', () => {
    const rewrites = { ...done, rewritten: { source: 'It rained.' } };

    it('apply by number and Enter, and nothing takes a part of one', () => {
      assertKey('2', does({ kind: 'insert', branch: 1 }), onPage, rewrites);
      assertKey('Enter', does({ kind: 'insert', branch: 1 }), onCard, rewrites);
      for (const key of ['w', 's', 'p']) {
        assertKey(key, null, onCard, rewrites);
      }
    });

    it('ask for another one, also in the place of one that did not fail', () => {
      assertKey('t', does({ kind: 'retry', branch: 1 }), onCard, rewrites);
      assertKey('t', null, onCard, { ...rewrites, canAskAgain: false });
      assertKey('t', null, onCard, { ...busy, rewritten: rewrites.rewritten });
      assertKey('t', null);
    });

    it('show what changed and pin the passage; any branch can be rewritten', () => {
      assertKey('i', { kind: 'local', action: { kind: 'changes' } }, onPage, rewrites);
      assertKey('h', does({ kind: 'pin', branch: 1 }), onCard, rewrites);
      assertKey('b', does({ kind: 'rewrite', branch: 1 }), onCard, rewrites);
      assertKey('b', does({ kind: 'rewrite', branch: 1 }));
      assertKey('i', null);
      assertKey('h', null);
      assertKey('b', null, onCard, busy);
    });
  });
});
