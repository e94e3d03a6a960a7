import type { Page } from './page';
import type { Tip } from './popup';

/** Milliseconds before the first popup, and before it goes once the pointer has left. */
const SHOW_AFTER = 250;
const HIDE_AFTER = 200;

/** A popup to open: what it stands by, and where the pointer is in a token of several lines. */
interface Found {
  targets: readonly HTMLElement[];
  tip: Tip;
  pointer: { x: number; y: number } | null;
}

/** Opens the popup over the token or finding under the pointer. Once it is open, it follows at once. */
export class Hover {
  #timer = 0;
  #under: HTMLElement | null = null;

  constructor(private readonly page: Page) {
    document.addEventListener('pointerover', (event) => this.#over(event));
    document.documentElement.addEventListener('pointerleave', () => this.#leave());
  }

  #over(event: PointerEvent): void {
    const { target } = event;
    // While text is being selected, the pointer means something else.
    if (!(target instanceof Element) || event.buttons !== 0) {
      return;
    }
    if (this.page.popup.element.contains(target)) {
      this.#cancel();
      return;
    }
    const found = this.#found(target, event);
    const [anchor] = found?.targets ?? [];
    if (found === null || anchor === undefined) {
      this.#leave();
      return;
    }
    this.#under = anchor;
    const open = () => {
      if (anchor.isConnected) {
        this.page.popup.open(found.targets, found.tip, found.pointer);
      }
    };
    if (this.page.popup.isOpen) {
      this.#cancel();
      open();
    } else {
      this.#later(open, SHOW_AFTER);
    }
  }

  /** What the popup would stand by and say. */
  #found(target: Element, pointer: PointerEvent): Found | null {
    const other = this.page.tips.at(target);
    if (other !== null) {
      return { targets: [other.target], tip: other.tip, pointer: null };
    }
    const card = this.page.cardAt(target);
    const index = card?.text.indexOf(target) ?? null;
    const token =
      card === null || index === null ? undefined : this.page.branch(card)?.tokens[index];
    if (card === null || index === null || token === undefined) {
      return null;
    }
    const pieces = card.text.pieces(index).filter((piece) => piece.getClientRects().length > 0);
    const under = pieces.filter((piece) => piece.contains(target));
    const targets = [...under, ...pieces.filter((piece) => !under.includes(piece))];
    return { targets, tip: this.page.tokenTip(card, index, token), pointer };
  }

  #leave(): void {
    this.#later(() => {
      // The popup of what has the focus is not the pointer's to close.
      const { anchor } = this.page.popup;
      if (anchor === this.#under && anchor !== document.activeElement) {
        this.page.popup.close();
      }
    }, HIDE_AFTER);
  }

  #later(act: () => void, after: number): void {
    this.#cancel();
    this.#timer = window.setTimeout(act, after);
  }

  #cancel(): void {
    window.clearTimeout(this.#timer);
  }
}
