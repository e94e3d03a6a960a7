import type { Action } from '../protocol';
import type { Focus } from './dom/focus';
import type { Page } from './dom/page';
import { alternativeEntries } from './dom/alternatives';
import { forkStrings, noLandmark } from './forkStrings';
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
      case 'landmark':
        goToLandmark(page, focus, command);
        break;
      case 'alternatives':
        openAlternatives(page, focus);
        break;
      case 'go':
        focus.goTo(command.branch, command.at);
        break;
    }
  };
  return perform;
}

function goToLandmark(
  page: Page,
  focus: Focus,
  { landmark, to }: Command & { kind: 'landmark' },
): void {
  const at = document.activeElement;
  if (!focus.moveLandmark(landmark, to) && at instanceof HTMLElement) {
    page.say(noLandmark(landmark), at);
  }
}

/** The words that could stand in the place of the token that the keyboard is on. */
function openAlternatives(page: Page, focus: Focus): void {
  const place = focus.tokenPlace;
  const at = document.activeElement;
  if (place === null || !(at instanceof HTMLElement)) {
    return;
  }
  const { branch, index, rect } = place;
  const token = branch.tokens[index];
  const list = token ? alternativeEntries(branch, index, page.percent) : [];
  if (token === undefined || list.length === 0) {
    page.say(forkStrings.noOthers(), at);
    return;
  }
  page.popup.close();
  const label = forkStrings.othersHint(token.text.trim() || token.text);
  page.menu.openList(branch.index, label, list, rect, () => focus.toToken(branch.index, index));
}

function openMenu(page: Page, branch: number): void {
  const card = page.cards.find(({ index }) => index === branch);
  if (card !== undefined && page.state !== null) {
    page.popup.close();
    page.menu.open(branch, page.state, card.head.menu.element);
  }
}
