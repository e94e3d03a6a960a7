import type { Page } from './page';

/** Milliseconds before the first popup, and before it goes once the pointer has left. */
const SHOW_AFTER = 250;
const HIDE_AFTER = 200;

/** Opens the popup over the token under the pointer. Once it is open, it follows at once. */
export class Hover {
  #timer = 0;
  #under: HTMLElement | null = null;

  constructor(private readonly page: Page) {
    page.list.addEventListener('pointerover', (event) => this.#over(event));
    page.list.addEventListener('pointerleave', () => this.#leave());
    page.popup.element.addEventListener('pointerenter', () => this.#cancel());
    page.popup.element.addEventListener('pointerleave', () => this.#leave());
  }

  #over(event: PointerEvent): void {
    const { target } = event;
    // While text is being selected, the pointer means something else.
    if (!(target instanceof HTMLElement) || event.buttons !== 0) {
      return;
    }
    const card = this.page.cardAt(target);
    const index = card?.text.indexOf(target) ?? null;
    const token =
      card === null || index === null ? undefined : this.page.branch(card)?.tokens[index];
    if (token === undefined) {
      this.#leave();
      return;
    }
    this.#under = target;
    const open = () => {
      if (target.isConnected) {
        this.page.popup.open(target, token, event);
      }
    };
    if (this.page.popup.isOpen) {
      this.#cancel();
      open();
    } else {
      this.#later(open, SHOW_AFTER);
    }
  }

  #leave(): void {
    this.#later(() => {
      // The popup of the keyboard's token is not the pointer's to close.
      if (this.page.popup.anchor === this.#under) {
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
