import { commandOf, type Command } from '../model/keys';
import type { Focus } from './focus';
import type { Page } from './page';

/** Keys of the view. What it does not use goes on to VS Code. */
export function listenForKeys(page: Page, focus: Focus, perform: (command: Command) => void): void {
  document.addEventListener('keydown', (event) => {
    const command = commandFor(event, page, focus);
    if (command === null) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (command !== 'handled') {
      perform(command);
    }
  });
}

function commandFor(event: KeyboardEvent, page: Page, focus: Focus): Command | 'handled' | null {
  const { menu, help, state } = page;
  if (state === null) {
    return null;
  }
  if (help.isOpen) {
    // The dialog keeps its own keys, Escape and Tab among them.
    return event.key === '?' ? { kind: 'help' } : null;
  }
  const { branch } = menu;
  if (branch === null) {
    return commandOf(event, focus.place, state);
  }
  if (menu.key(event.key)) {
    return 'handled';
  }
  return commandOf(event, { focus: 'button', branch, hasPopup: true }, state);
}
