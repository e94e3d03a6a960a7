import { spokenToken } from '../model/tokenInfo';
import { strings } from '../strings';
import type { Command, Place } from '../model/keys';
import type { Card } from './card';
import type { Page } from './page';

type Move = (Command & { kind: 'card' })['to'];

/** Where the keyboard is. One card is a tab stop; a token is focusable only while the cursor is on it. */
export class Focus {
  #active = 0;
  #token: HTMLElement | null = null;

  constructor(private readonly page: Page) {}

  get place(): Place {
    const at = document.activeElement;
    const card = at && this.page.cardAt(at);
    const hasPopup = this.page.popup.isOpen;
    const branch = card?.index ?? null;
    if (at instanceof HTMLButtonElement) {
      return { focus: 'button', branch, hasPopup };
    }
    const focus = card ? (at === card.article ? 'card' : 'token') : 'page';
    return { focus, branch, hasPopup };
  }

  /** Remembers the card that got the focus, so that Tab and the arrows go on from it. */
  entered(target: Element): void {
    const { cards } = this.page;
    const at = cards.findIndex((card) => card.element.contains(target));
    if (at !== -1) {
      this.#active = at;
      cards.forEach((card, index) => (card.article.tabIndex = index === at ? 0 : -1));
    }
    if (target !== this.#token) {
      this.#release();
    }
  }

  moveCard(to: Move): void {
    const { cards } = this.page;
    const isOutside = this.place.branch === null;
    const at = isOutside && (to === 'next' || to === 'previous') ? this.#active : this.#step(to);
    const card = cards[Math.max(0, Math.min(at, cards.length - 1))];
    this.page.popup.close();
    card?.article.focus();
  }

  moveToken(to: Move): void {
    const card = this.page.cards[this.#active];
    if (card === undefined || card.text.count === 0) {
      return;
    }
    const now = this.#token && card.text.indexOf(this.#token);
    const last = card.text.count - 1;
    const from = now ?? (to === 'previous' ? last + 1 : -1);
    const target = { previous: from - 1, next: from + 1, first: 0, last }[to];
    this.#focusToken(card, Math.max(0, Math.min(target, last)));
  }

  /** Closes the popup; the focus goes from a token back to its card. */
  closePopup(): void {
    this.page.popup.close();
    if (this.#token !== null && document.activeElement === this.#token) {
      this.page.cards[this.#active]?.article.focus({ preventScroll: true });
    }
  }

  /** Puts the focus back into the list when what had it was redrawn. */
  restore(): void {
    const { cards } = this.page;
    cards[Math.min(this.#active, cards.length - 1)]?.article.focus({ preventScroll: true });
  }

  #step(to: Move): number {
    const last = this.page.cards.length - 1;
    return { previous: this.#active - 1, next: this.#active + 1, first: 0, last }[to];
  }

  #focusToken(card: Card, index: number): void {
    const span = card.text.span(index);
    const token = this.page.branch(card)?.tokens[index];
    if (span === null || token === undefined) {
      return;
    }
    this.#release();
    this.#token = span;
    span.tabIndex = -1;
    span.setAttribute('role', 'group');
    span.setAttribute('aria-roledescription', strings.token());
    span.setAttribute('aria-label', spokenToken(token));
    span.focus({ preventScroll: true });
    span.scrollIntoView({ block: 'nearest' });
    this.page.popup.open(span, token);
  }

  /** Makes the token plain text again. */
  #release(): void {
    for (const name of ['tabindex', 'role', 'aria-roledescription', 'aria-label']) {
      this.#token?.removeAttribute(name);
    }
    this.#token = null;
  }
}
