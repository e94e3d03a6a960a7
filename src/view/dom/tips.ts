import type { Popup, Tip } from './popup';

/** Things besides tokens that say more on hover and focus. */
export class Tips {
  readonly #byElement = new WeakMap<Element, Tip>();

  constructor(private readonly popup: Popup) {}

  add(target: HTMLElement, tip: Tip): void {
    this.#byElement.set(target, tip);
    target.addEventListener('focus', () => this.popup.open([target], tip));
    target.addEventListener('blur', () => {
      if (this.popup.anchor === target) {
        this.popup.close();
      }
    });
  }

  /** The tip at or around an element. */
  at(target: Element): { target: HTMLElement; tip: Tip } | null {
    const found = target.closest<HTMLElement>('.has-tip');
    const tip = found && this.#byElement.get(found);
    return tip ? { target: found, tip } : null;
  }
}
