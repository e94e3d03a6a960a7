/** The Branches view: puts the parts together and lets the messages flow. */
import * as l10n from '@vscode/l10n';
import type { ToView } from '../protocol';
import { listenForClicks } from './dom/click';
import { Focus } from './dom/focus';
import { Hover } from './dom/hover';
import { listenForKeys } from './dom/keyboard';
import { Page } from './dom/page';
import { Scroll } from './dom/scroll';
import { eachFrame } from './frames';
import { reduceLocal } from './model/local';
import { needsState, reduce, send } from './model/reduce';
import { initialState, type ViewState } from './model/state';
import { performer } from './perform';
import { connectHost } from './vscodeApi';

function start(): void {
  const strings = document.getElementById('l10n')?.textContent.trim();
  if (strings) {
    l10n.config({ contents: strings });
  }
  const root = document.getElementById('app') ?? document.body;
  const host = connectHost();
  const page = new Page(root, document.documentElement.lang || 'en');
  const focus = new Focus(page);
  const scroll = new Scroll(page, host);
  let state: ViewState = { ...initialState, look: host.recallLook() ?? initialState.look };

  const ask = eachFrame(
    () => {
      const isUnfinished = draw(page, focus, state);
      focus.drawn();
      scroll.drawn();
      return isUnfinished;
    },
    (callback) => window.requestAnimationFrame(callback),
  );
  const become = (next: ViewState) => {
    const isLost = needsState(state, next);
    state = next;
    ask();
    if (isLost) {
      host.post({ type: 'ready' });
    }
  };
  const perform = performer(page, focus, {
    ask: (action) => {
      const sent = send(state, action);
      become(sent.state);
      host.post(sent.message);
    },
    change: (action) => {
      become(reduceLocal(state, action));
      host.rememberLook(state.look);
    },
  });

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isToView(event.data)) {
      become(reduce(state, event.data));
    }
  });
  new Hover(page);
  listenForClicks(page, perform);
  listenForKeys(page, focus, perform);
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) {
      focus.entered(target);
    }
  });
  window.addEventListener('scroll', () => page.popup.follow(), { passive: true });
  window.addEventListener('resize', () => page.popup.follow());
  page.draw(state);
  host.post({ type: 'ready' });
}

/** Draws, and keeps the focus in the list where it was when the batch under it is replaced. */
function draw(page: Page, focus: Focus, state: ViewState): boolean {
  const wasInList = page.list.contains(document.activeElement);
  const isUnfinished = page.draw(state);
  if (wasInList && !page.list.contains(document.activeElement)) {
    focus.restore();
  }
  return isUnfinished;
}

function isToView(data: unknown): data is ToView {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    (data.type === 'state' || data.type === 'delta' || data.type === 'reply')
  );
}

start();
