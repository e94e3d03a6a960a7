import type { Action } from '../protocol';
import type { Focus } from './dom/focus';
import type { Page } from './dom/page';
import type { Command } from './model/keys';
import type { LocalAction } from './model/local';

/** Where actions go. */
export interface Actors {
  /** Asks the host. */
  ask(action: Action): void;
  /** Changes the page alone. */
  change(action: LocalAction): void;
}

/** Does what a key or a button asked for. */
export function performer(page: Page, focus: Focus, actors: Actors): (command: Command) => void {
  const perform = (command: Command) => {
    // A menu item has done its work once it is chosen.
    if (page.menu.branch !== null && command.kind !== 'close-popup') {
      page.menu.close();
    }
    switch (command.kind) {
      case 'do':
        actors.ask(command.action);
        break;
      case 'local':
        actors.change(command.action);
        break;
      case 'retry-all':
        page.state?.batch.branches.forEach(({ index }) =>
          actors.ask({ kind: 'retry', branch: index }),
        );
        break;
      case 'menu':
        openMenu(page, command.branch);
        break;
      case 'help':
        page.popup.close();
        page.help.toggle();
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
  };
  return perform;
}

function openMenu(page: Page, branch: number): void {
  const card = page.cards.find(({ index }) => index === branch);
  if (card !== undefined && page.state !== null) {
    page.popup.close();
    page.menu.open(branch, page.state, card.head.menu.element);
  }
}
