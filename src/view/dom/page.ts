import type { BranchView } from '../../protocol';
import { milestones } from '../model/milestones';
import { percentIn } from '../model/percent';
import { isStreaming, type ViewState } from '../model/state';
import { strings } from '../strings';
import { Buttons } from './button';
import { Card } from './card';
import { element, setAttribute } from './element';
import { EmptyState } from './empty';
import { About, Toolbar } from './header';
import { Legend } from './legend';
import { Notices } from './notices';
import { Popup } from './popup';

/** Tokens drawn in one frame; a whole batch replayed at once is spread over several. */
const TOKENS_A_FRAME = 1200;

/** The whole page. It draws states and knows what is where; it decides nothing. */
export class Page {
  readonly list = element('ol', 'cards');
  readonly popup: Popup;
  readonly buttons = new Buttons();
  readonly #live = element('div', 'sr-only');
  readonly #toolbar: Toolbar;
  readonly #about = new About();
  readonly #notices = new Notices();
  readonly #empty: EmptyState;
  readonly #legend: Legend;
  #cards: Card[] = [];
  #drawn: ViewState | null = null;

  constructor(root: HTMLElement, language: string) {
    const percent = percentIn(language);
    this.#toolbar = new Toolbar(this.buttons);
    this.popup = new Popup(percent, this.#toolbar.element);
    this.#empty = new EmptyState(this.buttons);
    this.#legend = new Legend(language);
    this.list.setAttribute('aria-label', strings.branches());
    this.#live.setAttribute('aria-live', 'polite');
    this.#live.id = 'live';
    const main = element('main');
    main.append(
      this.#empty.element,
      this.#about.element,
      this.#notices.element,
      this.list,
      this.#legend.element,
    );
    root.replaceChildren(this.#toolbar.element, main, this.popup.element, this.#live);
  }

  get cards(): readonly Card[] {
    return this.#cards;
  }

  /** The state on the page; null before the first. */
  get state(): ViewState | null {
    return this.#drawn;
  }

  /** @returns true when there was too much for one frame and the same state must be drawn again */
  draw(state: ViewState): boolean {
    const before = this.#drawn;
    const { batch, problem } = state;
    if (before?.batch.id !== batch.id) {
      this.#clear();
    }
    if (before !== state) {
      this.#drawn = state;
      this.#toolbar.element.hidden = batch.id === null;
      this.#toolbar.show(batch);
      this.#about.show(batch);
      this.#about.element.hidden = state.rev === null;
      this.#empty.show(batch);
      this.#empty.element.hidden ||= state.rev === null;
      this.#legend.show(batch);
      this.#notices.show(batch.notices, problem?.branch === null ? problem.error : null);
      setAttribute(this.list, 'aria-busy', isStreaming(batch) ? 'true' : null);
      this.list.hidden = batch.branches.length === 0;
      this.#announce(before, state);
    }
    const isUnfinished = this.#drawCards(state);
    this.popup.follow();
    return isUnfinished;
  }

  /** The card an element is in. */
  cardAt(target: Element): Card | null {
    const item = target.closest('.item');
    return this.#cards.find((card) => card.element === item) ?? null;
  }

  branch(card: Card): BranchView | null {
    const branches = this.#drawn?.batch.branches ?? [];
    return branches.find(({ index }) => index === card.index) ?? null;
  }

  #drawCards(state: ViewState): boolean {
    const { branches, inserted } = state.batch;
    const { confirmed, problem } = state;
    const copied = confirmed?.kind === 'copy' ? confirmed.branch : null;
    let budget = TOKENS_A_FRAME;
    let isUnfinished = false;
    branches.forEach((branch, at) => {
      const card = this.#cards[at] ?? this.#addCard(branch.index);
      const context = {
        total: branches.length,
        isInserted: branch.index === inserted,
        isCopied: branch.index === copied,
        problem: problem?.branch === branch.index ? problem.error : null,
      };
      budget -= card.show(branch, context, budget);
      isUnfinished ||= card.text.count < branch.tokens.length;
    });
    for (const card of this.#cards.splice(branches.length)) {
      card.element.remove();
    }
    return isUnfinished;
  }

  #addCard(index: number): Card {
    const card = new Card(index, this.buttons);
    if (this.#cards.length === 0) {
      card.article.tabIndex = 0;
    }
    this.#cards.push(card);
    this.list.append(card.element);
    return card;
  }

  #clear(): void {
    this.popup.close();
    this.#cards = [];
    this.list.replaceChildren();
  }

  #announce(before: ViewState | null, after: ViewState): void {
    const said = before === null ? [] : milestones(before, after);
    if (said.length > 0) {
      this.#live.textContent = said.join(' ');
    }
  }
}
