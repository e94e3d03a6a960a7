import type { Action } from '../../protocol';
import { commandOf } from '../model/keys';
import type { Focus } from './focus';
import type { Page } from './page';

/** Keys of the view. What it does not use goes on to VS Code. */
export function listenForKeys(page: Page, focus: Focus, perform: (action: Action) => void): void {
  document.addEventListener('keydown', (event) => {
    const { state } = page;
    const command = state && commandOf(event, focus.place, state.batch);
    if (!command) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    switch (command.kind) {
      case 'do':
        perform(command.action);
        break;
      case 'close-popup':
        focus.closePopup();
        break;
      case 'card':
        focus.moveCard(command.to);
        break;
      case 'token':
        focus.moveToken(command.to);
        break;
    }
  });
}
