import { spokenToken } from '../model/tokenInfo';
import { nextPlace, type LandmarkKind } from '../../core/model/landmarks';
import type { BranchView } from '../../protocol';
import { landmarksIn, tokenAt } from '../model/landmarks';
import { strings } from '../strings';
import type { Command, Place } from '../model/keys';
import type { Card } from './card';
import type { Page } from './page';

type Move = (Command & { kind: 'card' })['to'];

/** Where the keyboard is. One card is a tab stop; a token is focusable only while the cursor is on it. */
export class Focus {
  /** The number of the card that Tab goes to. */
  #active = 0;
  #token: HTMLElement | null = null;
  #tokenIndex = -1;

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
    const token = focus === 'token' ? { token: this.#tokenIndex } : {};
    return { focus, branch, hasPopup, ...token };
  }

  /** Remembers the card that got the focus, so that Tab and the arrows go on from it. */
  entered(target: Element): void {
    const card = this.page.cardAt(target);
    if (card !== null) {
      this.#activate(card);
    }
    if (target !== this.#token) {
      this.#release();
    }
  }

  moveCard(to: Move): void {
    const cards = this.#inSight();
    const now = Math.max(
      0,
      cards.findIndex(({ index }) => index === this.#active),
    );
    const isOutside = this.place.branch === null;
    const stays = isOutside && (to === 'next' || to === 'previous');
    const last = cards.length - 1;
    const at = stays ? now : { previous: now - 1, next: now + 1, first: 0, last }[to];
    this.page.popup.close();
    cards[Math.max(0, Math.min(at, last))]?.article.focus();
  }

  moveToken(to: Move): void {
    const card = this.#activeCard();
    if (card === undefined || card.text.count === 0) {
      return;
    }
    const now = this.#token === null ? null : this.#tokenIndex;
    const last = card.text.count - 1;
    const from = now ?? (to === 'previous' ? last + 1 : -1);
    const target = { previous: from - 1, next: from + 1, first: 0, last }[to];
    this.#focusToken(card, Math.max(0, Math.min(target, last)));
  }

  /** Goes to the next place of a kind in the card that has the focus, or before. @returns whether there is one */
  moveLandmark(landmark: LandmarkKind, to: 'previous' | 'next'): boolean {
    const card = this.#activeCard();
    const branch = card && this.page.branch(card);
    const places = branch ? landmarksIn(branch, landmark) : [];
    const from = this.#token === null ? (to === 'next' ? -1 : Infinity) : this.#tokenIndex;
    const index = nextPlace(places, from, to);
    if (card === undefined || index === undefined) {
      return false;
    }
    this.#focusToken(card, index);
    return true;
  }

  /** Puts the focus on the token at an offset of a branch's text; white space alone is passed over. */
  goTo(index: number, at: number): void {
    const card = this.page.cards.find((each) => each.index === index);
    const branch = card && this.page.branch(card);
    if (card && branch) {
      this.#activate(card);
      this.#focusToken(card, tokenAt(branch, at));
    }
  }

  /** Puts the focus back on a token. */
  toToken(index: number, token: number): void {
    const card = this.page.cards.find((each) => each.index === index);
    if (card) {
      this.#focusToken(card, token);
    }
  }

  /** The token that the keyboard is on, and where it is on the page. */
  get tokenPlace(): { branch: BranchView; index: number; rect: DOMRect } | null {
    const card = this.#activeCard();
    const branch = card && this.page.branch(card);
    return branch && this.#token
      ? { branch, index: this.#tokenIndex, rect: this.#token.getBoundingClientRect() }
      : null;
  }

  /** Closes the popup; the focus goes from a token back to its card. */
  closePopup(): void {
    this.page.popup.close();
    if (this.#token !== null && document.activeElement === this.#token) {
      this.#activeCard()?.article.focus({ preventScroll: true });
    }
  }

  /** Puts the focus back into the list when what had it was redrawn. */
  restore(): void {
    const cards = this.#inSight();
    const card = cards.find(({ index }) => index === this.#active) ?? cards.at(-1);
    card?.article.focus({ preventScroll: true });
  }

  /** Goes on with the tab stop where its card is out of sight now. */
  drawn(): void {
    if (this.#activeCard()?.isTabStop !== true) {
      const [first] = this.#inSight();
      if (first !== undefined) {
        this.#activate(this.#activeCard() ?? first);
      }
    }
  }

  #activate(card: Card): void {
    this.#active = card.index;
    for (const each of this.page.cards) {
      if (each.isTabStop !== (each === card)) {
        each.isTabStop = each === card;
      }
    }
  }

  #inSight(): Card[] {
    return this.page.cards.filter(({ element }) => !element.hidden);
  }

  #activeCard(): Card | undefined {
    return this.#inSight().find(({ index }) => index === this.#active);
  }

  #focusToken(card: Card, index: number): void {
    const token = this.page.branch(card)?.tokens[index];
    const pieces = card.text.pieces(index);
    const [piece] = pieces;
    if (piece === undefined || token === undefined) {
      return;
    }
    this.#release();
    this.#token = piece;
    this.#tokenIndex = index;
    piece.tabIndex = -1;
    piece.setAttribute('role', 'group');
    piece.setAttribute('aria-roledescription', strings.token());
    piece.setAttribute('aria-label', spokenToken(token));
    // Before the focus: a mark of Markdown shows only while it is pointed at.
    this.page.popup.open(pieces, this.page.tokenTip(card, index, token));
    piece.focus({ preventScroll: true });
    piece.scrollIntoView({ block: 'nearest' });
    this.page.popup.follow();
  }

  /** Makes the token plain text again. */
  #release(): void {
    for (const name of ['tabindex', 'role', 'aria-roledescription', 'aria-label']) {
      this.#token?.removeAttribute(name);
    }
    this.#token = null;
  }
}
