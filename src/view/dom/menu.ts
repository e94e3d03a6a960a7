import {
  escapeCommand,
  foldCommand,
  freezeCommand,
  local,
  onBranch,
  replaceCommand,
  retryCommand,
  splitCommand,
  takeCommand,
  type Command,
  type Keyed,
} from '../model/keys';
import { againCommand, pinCommand, rewriteBranchCommand } from '../model/rewriteKeys';
import { forkStrings } from '../forkStrings';
import { rewriteStrings } from '../rewriteStrings';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element, setAttribute } from './element';
import type { IconName } from './icon';

/** CSS pixels between the menu and its button, and the edge of the view. */
const GAP = 4;

/** The one menu of the page: everything that can be done with a card, each with its key. */
export class Menu {
  readonly element = element('div', 'menu');
  #items: HTMLElement[] = [];
  #opener: HTMLElement | null = null;
  #back: (() => void) | null = null;
  #branch: number | null = null;

  constructor(private readonly buttons: Buttons) {
    this.element.setAttribute('role', 'menu');
    this.element.hidden = true;
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.element.contains(relatedTarget)) {
        this.#hide();
      }
    });
  }

  /** The branch it is about; null while it is closed. */
  get branch(): number | null {
    return this.#branch;
  }

  open(
    branch: number,
    state: Keyed & { unfolded: ReadonlySet<number> },
    opener: HTMLElement,
  ): void {
    this.#opener = opener;
    const label = strings.actionsHint(branch + 1);
    this.#show(branch, label, entries(branch, state), opener.getBoundingClientRect());
    setAttribute(opener, 'aria-expanded', 'true');
  }

  /** Another list of things to do with a branch, by a place of the page. @param back gives the focus back */
  openList(
    branch: number,
    label: string,
    list: readonly Entry[],
    at: DOMRect,
    back: () => void,
  ): void {
    this.#show(branch, label, list, at);
    this.#back = back;
  }

  #show(branch: number, label: string, list: readonly Entry[], at: DOMRect): void {
    this.#branch = branch;
    this.element.setAttribute('aria-label', label);
    this.#items = list.map((entry) => this.#item(entry));
    this.element.replaceChildren(...this.#items);
    this.element.hidden = false;
    this.#place(at);
    this.#items[0]?.focus();
  }

  /** Closes it and gives the focus back. */
  close(): void {
    const [opener, back] = [this.#opener, this.#back];
    this.#hide();
    opener?.focus({ preventScroll: true });
    back?.();
  }

  /** @returns whether the key was the menu's */
  key(key: string): boolean {
    const at = this.#items.findIndex((item) => item === document.activeElement);
    const last = this.#items.length - 1;
    switch (key) {
      case 'ArrowDown':
        return this.#focus(at === last ? 0 : at + 1);
      case 'ArrowUp':
        return this.#focus(at <= 0 ? last : at - 1);
      case 'Home':
        return this.#focus(0);
      case 'End':
        return this.#focus(last);
      case 'Escape':
      case 'Tab':
      case 'ArrowLeft':
        this.close();
        return true;
      default:
        // The browser clicks the item that has the focus.
        return false;
    }
  }

  #focus(at: number): boolean {
    this.#items[at]?.focus();
    return true;
  }

  #hide(): void {
    if (this.#opener !== null) {
      setAttribute(this.#opener, 'aria-expanded', 'false');
    }
    this.#opener = null;
    this.#back = null;
    this.#branch = null;
    this.element.hidden = true;
  }

  #item({ label, icon, key, command, hint = '' }: Entry): HTMLElement {
    const button = new ActionButton('quiet entry', { icon, label, hint }, () => command);
    button.show({ icon, label, hint }, command !== null);
    const item = this.buttons.add(button);
    item.setAttribute('role', 'menuitem');
    item.tabIndex = -1;
    setAttribute(item, 'aria-keyshortcuts', isKey(key) ? key : null);
    const sign = element('span', 'entry-key', key);
    sign.setAttribute('aria-hidden', 'true');
    item.append(' ', sign);
    return item;
  }

  /** Under its button, or over it where there is no room; inside the view. */
  #place(button: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height, style } = this.element;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = button.bottom + GAP;
    const top = below + height > clientHeight - GAP ? button.top - GAP - height : below;
    const left = Math.min(button.right, clientWidth - GAP) - width;
    style.setProperty('left', `${Math.round(Math.max(GAP, left))}px`);
    style.setProperty('top', `${Math.round(Math.max(GAP, top))}px`);
  }
}

export interface Entry {
  label: string;
  icon: IconName;
  /** Its key, or what else stands at the end of its line. */
  key: string;
  /** Null: it cannot be done, and its hint says why. */
  command: Command | null;
  hint?: string;
}

function isKey(text: string): boolean {
  return /^[A-Z][a-z]*$/u.test(text);
}

/** What makes sense for the branch now. */
function entries(branch: number, state: Keyed & { unfolded: ReadonlySet<number> }): Entry[] {
  const isSelected = state.selected.has(branch);
  const isUnfolded = state.unfolded.has(state.folds.get(branch) ?? branch);
  const all: Listed[] = [
    ...(state.batch.rewritten ? rewriteEntries(branch, state) : takeEntries(branch, state)),
    entry(strings.copy(), 'copy', 'C', onBranch(state, branch, 'copy')),
    entry(rewriteStrings.rewriteThis(), 'apart', 'B', rewriteBranchCommand(state, branch)),
    entry(strings.multiverse(), 'more', 'X', onBranch(state, branch, 'multiverse')),
    entry(forkStrings.escape(), 'split', 'E', escapeCommand(state, branch)),
    entry(forkStrings.freeze(), 'frozen', 'J', freezeCommand(state, branch)),
    entry(
      isSelected ? strings.unselect() : strings.select(),
      'select',
      'Space',
      local({ kind: 'select', branch }),
    ),
    entry(strings.split(), 'split', 'U', splitCommand(state, branch)),
    entry(isUnfolded ? strings.fold() : strings.unfold(), 'fold', 'F', foldCommand(state, branch)),
  ];
  return all.flatMap(({ command, ...rest }) => (command ? [{ ...rest, command }] : []));
}

type Listed = Omit<Entry, 'command'> & { command: Command | null };

function takeEntries(branch: number, state: Keyed): Listed[] {
  return [
    entry(strings.takeAll(), 'insert', 'Enter', takeCommand(state, branch, 'all')),
    entry(strings.takeWord(), 'word', 'W', takeCommand(state, branch, 'word')),
    entry(strings.takeSentence(), 'word', 'S', takeCommand(state, branch, 'sentence')),
    entry(strings.takeParagraph(), 'word', 'P', takeCommand(state, branch, 'paragraph')),
    entry(strings.replaceSelection(), 'replace', 'R', replaceCommand(state, branch)),
    entry(strings.diff(), 'diff', 'D', onBranch(state, branch, 'diff')),
    entry(strings.retry(), 'retry', 'T', retryCommand(state, branch)),
  ];
}

function rewriteEntries(branch: number, state: Keyed): Listed[] {
  return [
    entry(rewriteStrings.applyAll(), 'replace', 'Enter', takeCommand(state, branch, 'all')),
    entry(rewriteStrings.diff(), 'diff', 'D', onBranch(state, branch, 'diff')),
    entry(rewriteStrings.again(), 'retry', 'T', againCommand(state, branch)),
    entry(rewriteStrings.pin(), 'check', 'H', pinCommand(state, branch)),
  ];
}

function entry(label: string, icon: IconName, key: string, command: Command | null) {
  return { label, icon, key, command };
}
