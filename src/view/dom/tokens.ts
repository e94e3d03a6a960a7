import { confidenceStep } from '../../core/model/confidence';
import type { TokenView } from '../../protocol';
import { element } from './element';

/** The text of a branch: one span a token, in order, and only ever added to. */
export class TokenText {
  readonly element = element('div', 'text');
  #shown = 0;
  #last: TokenView | undefined;

  constructor(id: string) {
    this.element.id = id;
    this.element.dir = 'auto';
  }

  /**
   * Adds the tokens that are not on the page yet, at most `budget` of them.
   * @returns how many were added
   */
  show(tokens: readonly TokenView[], budget: number): number {
    if (this.#shown > 0 && tokens[this.#shown - 1] !== this.#last) {
      this.element.replaceChildren();
      this.#shown = 0;
    }
    const added = tokens.slice(this.#shown, this.#shown + budget);
    if (added.length > 0) {
      const fragment = document.createDocumentFragment();
      for (const token of added) {
        fragment.append(spanOf(token));
      }
      this.element.append(fragment);
      this.#shown += added.length;
    }
    this.#last = tokens[this.#shown - 1];
    return added.length;
  }

  get count(): number {
    return this.#shown;
  }

  span(index: number): HTMLElement | null {
    const child = this.element.children[index];
    return child instanceof HTMLElement ? child : null;
  }

  /** The index of the token a node belongs to, or null. */
  indexOf(target: Element): number | null {
    const at = target.parentElement === this.element ? childIndex(target) : -1;
    return at === -1 ? null : at;
  }
}

function spanOf(token: TokenView): HTMLElement {
  const step = confidenceStep(token.logprob);
  return element('span', step === 'plain' ? '' : step, token.text);
}

function childIndex(child: Element): number {
  return Array.prototype.indexOf.call(child.parentElement?.children ?? [], child);
}
