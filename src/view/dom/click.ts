import { takeCommand, type Command } from '../model/keys';
import type { Page } from './page';

/** Pixels a pointer may move between press and release and still mean a click. */
const SLIP = 4;

/** Clicks: a button does its action, the body of a card inserts it, and selecting text does neither. */
export function listenForClicks(page: Page, perform: (command: Command) => void): void {
  const press = { x: 0, y: 0, hadSelection: false };
  document.addEventListener('pointerdown', ({ clientX, clientY }) => {
    Object.assign(press, { x: clientX, y: clientY, hadSelection: hasSelection() });
  });
  document.addEventListener('click', (event) => {
    const { target } = event;
    if (!(target instanceof Element)) {
      return;
    }
    if (target.closest('button') !== null) {
      const button = page.buttons.at(target);
      const command = button?.isOn === true ? button.command() : null;
      if (command !== null) {
        perform(command);
      }
      return;
    }
    // A click that drags out a selection, or puts one away, was not about the branch.
    if (isPlain(event, press) && !press.hadSelection && !hasSelection()) {
      insertAt(target);
    }
  });

  const insertAt = (target: Element) => {
    const card = target.closest('.text') && page.cardAt(target);
    const command = card && page.state && takeCommand(page.state, card.index, 'all');
    if (command) {
      perform(command);
    }
  };
}

function isPlain(event: MouseEvent, press: { x: number; y: number }): boolean {
  const { detail, shiftKey, ctrlKey, metaKey } = event;
  const slip = Math.hypot(event.clientX - press.x, event.clientY - press.y);
  return detail <= 1 && slip <= SLIP && !shiftKey && !ctrlKey && !metaKey;
}

function hasSelection(): boolean {
  return document.getSelection()?.isCollapsed === false;
}
