import type { Host, Place } from '../vscodeApi';
import type { Card } from './card';
import type { Page } from './page';

/** Milliseconds without scrolling after which the place is remembered. */
const SETTLED = 150;

const FRAMES_TO_SETTLE = 4;

/** Keeps the reader's place: over hiding and showing the view, and only there. Nothing scrolls by itself. */
export class Scroll {
  #saved: Place | null;
  #timer = 0;
  #batch: string | null = null;

  constructor(
    private readonly page: Page,
    private readonly host: Host,
  ) {
    this.#saved = host.recallPlace();
    window.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  /** To be called after each frame: goes back to the place once its card is there. */
  drawn(): void {
    const batch = this.page.state?.batch.id ?? null;
    const isNew = this.#batch !== null && batch !== this.#batch;
    this.#batch = batch;
    if (isNew) {
      window.scrollTo(0, 0);
    }
    const saved = this.#saved;
    const card = saved && this.page.cards[saved.card];
    if (batch === null || saved === null) {
      return;
    }
    if (saved.batch !== batch) {
      this.#saved = null;
    } else if (card && card.text.count > 0) {
      this.#restore(card, saved.offset, FRAMES_TO_SETTLE);
    }
  }

  /** Repeats itself: cards that come into sight get their true height only then. */
  #restore(card: Card, offset: number, frames: number): void {
    this.#saved = null;
    window.scrollBy(0, card.element.getBoundingClientRect().top + offset);
    if (frames > 0) {
      window.requestAnimationFrame(() => this.#restore(card, offset, frames - 1));
    }
  }

  #scrolled(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const tops = this.page.cards.map(({ element }) => element.getBoundingClientRect());
      const card = tops.findIndex(({ bottom }) => bottom > 0);
      const offset = -(tops[card]?.top ?? 0);
      if (card !== -1 && this.#saved === null) {
        this.host.rememberPlace({ batch: this.#batch, card, offset });
      }
    }, SETTLED);
  }
}
