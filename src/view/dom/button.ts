import type { Command } from '../model/keys';
import { element, setAttribute, setText } from './element';
import { icon, type IconName } from './icon';

export interface ButtonLook {
  icon: IconName;
  /** Shown beside the icon; empty: the icon alone. */
  label: string;
  /** Tooltip, and what a screen reader says: it begins with the label. Empty: the label says it all. */
  hint: string;
}

/**
 * A button that stays focusable while it is off: focus must not be lost because a stream ended.
 * It listens to nothing; the page asks `command` of the button that was clicked.
 */
export class ActionButton {
  readonly element: HTMLButtonElement;
  readonly #label = element('span', 'label');
  #icon: IconName | null = null;
  #isOn = true;

  constructor(
    className: string,
    look: ButtonLook,
    /** What it does, asked for when clicked; null: nothing now. */
    readonly command: () => Command | null,
  ) {
    this.element = element('button', `button ${className}`);
    this.element.type = 'button';
    this.element.append(this.#label);
    this.show(look, true);
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  show({ icon: name, label, hint }: ButtonLook, isOn: boolean): void {
    this.#isOn = isOn;
    if (name !== this.#icon) {
      this.#icon = name;
      this.element.querySelector('svg')?.remove();
      this.element.prepend(icon(name));
    }
    setText(this.#label, label);
    setAttribute(this.element, 'title', hint || null);
    setAttribute(this.element, 'aria-label', hint || null);
    setAttribute(this.element, 'aria-disabled', isOn ? null : 'true');
  }
}

/** Marks a button as one that turns something on and off. */
export function setPressed({ element: button }: ActionButton, isPressed: boolean): void {
  setAttribute(button, 'aria-pressed', String(isPressed));
}

/** A button that has something to do. */
export type Clickable = Pick<ActionButton, 'element' | 'isOn' | 'command'>;

/** Which button an element belongs to; kept off the elements, so that no markup can fake one. */
export class Buttons {
  readonly #byElement = new WeakMap<Element, Clickable>();

  add(button: Clickable): HTMLButtonElement {
    this.#byElement.set(button.element, button);
    return button.element;
  }

  /** The button at or around an element. */
  at(target: Element): Clickable | null {
    const found = target.closest('button');
    return (found && this.#byElement.get(found)) ?? null;
  }
}
