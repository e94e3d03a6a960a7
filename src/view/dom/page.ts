import type { BranchView, TokenView } from '../../protocol';
import { cardViews } from '../model/cardView';
import { milestones } from '../model/milestones';
import { numbersIn } from '../model/numbers';
import { percentIn, type Percent } from '../model/percent';
import { initialState, isStreaming, type ViewState } from '../model/state';
import { strings } from '../strings';
import { Buttons } from './button';
import { Card, type CardTools } from './card';
import { element, setAttribute } from './element';
import { EmptyState } from './empty';
import { CommonFailure } from './failure';
import { About, Toolbar } from './header';
import { Help } from './help';
import { Highlights } from './highlights';
import { Ideas } from './ideas';
import { Legend } from './legend';
import { Menu } from './menu';
import { Notices } from './notices';
import { Popup, type Tip } from './popup';
import { Rewritten } from './rewritten';
import { SharedMarks } from './sharedMarks';
import { Tips } from './tips';
import { tokenTip } from './tokenTip';

/** Pieces of text drawn in one frame; a whole batch replayed at once is spread over several. */
const PIECES_A_FRAME = 900;

/** The whole page. It draws states and knows what is where; it decides nothing. */
export class Page {
  readonly list = element('ol', 'cards');
  readonly popup: Popup;
  readonly tips: Tips;
  readonly menu: Menu;
  readonly help = new Help();
  readonly percent: Percent;
  readonly buttons = new Buttons();
  readonly #live = element('div', 'sr-only');
  readonly #toolbar: Toolbar;
  readonly #about: About;
  readonly #rewritten: Rewritten;
  readonly #ideas: Ideas;
  readonly #failure: CommonFailure;
  readonly #notices: Notices;
  readonly #empty: EmptyState;
  readonly #legend: Legend;
  readonly #shared: SharedMarks;
  readonly #tools: CardTools;
  #cards: Card[] = [];
  #drawn: ViewState | null = null;
  /** The card whose turn it is to be drawn first. */
  #turn = 0;

  constructor(root: HTMLElement, language: string) {
    const keyed = () => this.#drawn ?? initialState;
    this.percent = percentIn(language);
    const numbers = numbersIn(language);
    this.#toolbar = new Toolbar(this.buttons, keyed);
    this.popup = new Popup(this.#toolbar.element);
    this.tips = new Tips(this.popup);
    this.menu = new Menu(this.buttons);
    this.#about = new About(this.buttons, numbers);
    this.#rewritten = new Rewritten(this.buttons, this.tips);
    this.#ideas = new Ideas(this.buttons, this.tips, keyed);
    this.#failure = new CommonFailure(this.buttons);
    this.#notices = new Notices(this.buttons);
    this.#empty = new EmptyState(this.buttons);
    this.#legend = new Legend(language);
    const highlights = new Highlights();
    this.#shared = new SharedMarks(highlights);
    const { buttons, tips, percent } = this;
    this.#tools = { buttons, tips, highlights, numbers, percent, keyed };
    this.list.setAttribute('aria-label', strings.branches());
    this.#live.setAttribute('aria-live', 'polite');
    this.#live.id = 'live';
    const main = element('main');
    main.append(
      this.#empty.element,
      this.#about.element,
      this.#notices.element,
      this.#failure.element,
      this.#rewritten.element,
      this.#ideas.element,
      this.list,
      this.#legend.element,
    );
    root.replaceChildren(this.#toolbar.element, main);
    root.append(this.menu.element, this.popup.element, this.help.element, this.#live);
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
    if (before?.batch.id !== state.batch.id) {
      this.#clear();
    }
    if (before !== state) {
      this.#drawn = state;
      this.#drawAround(state);
      this.#announce(before, state);
    }
    const isUnfinished = this.#drawCards(state);
    if (!isUnfinished) {
      this.#shared.show(state, this.#cards);
      this.#legend.show(state, this.#shared.isShown);
    }
    this.popup.follow();
    return isUnfinished;
  }

  /** The card an element is in. */
  cardAt(target: Element): Card | null {
    const item = target.closest('.item');
    return this.#cards.find((card) => card.element === item) ?? null;
  }

  /** What the popup says about a token of a card. */
  tokenTip(card: Card, index: number, token: TokenView): Tip {
    const previous = this.branch(card)?.tokens[index - 1]?.text;
    const { buttons, percent } = this;
    const reading = card.text.reading(index);
    return tokenTip(token, percent, { branch: card.index, index, previous, reading, buttons });
  }

  /** Says something at once, by a card and to a screen reader. */
  say(words: string, by: HTMLElement): void {
    this.#live.textContent = words;
    this.popup.open([by], {
      about: {},
      isBelow: true,
      content: () => [element('p', 'popup-message', words)],
    });
  }

  branch(card: Card): BranchView | null {
    const branches = this.#drawn?.batch.branches ?? [];
    return branches.find(({ index }) => index === card.index) ?? null;
  }

  #drawAround(state: ViewState): void {
    const { batch, problem, look } = state;
    this.#toolbar.element.hidden = batch.id === null;
    this.#toolbar.show(batch);
    this.#about.show(state);
    this.#about.element.hidden = state.rev === null;
    this.#empty.show(batch);
    this.#empty.element.hidden ||= state.rev === null;
    this.#notices.show(batch.notices, problem?.branch === null ? problem.error : null);
    this.#failure.show(state);
    this.#rewritten.show(state);
    this.#ideas.show(state);
    setAttribute(this.list, 'aria-busy', isStreaming(batch) ? 'true' : null);
    this.list.hidden = batch.branches.length === 0;
    this.list.classList.toggle('raw', look.isRaw);
    this.list.classList.toggle('colourless', !look.hasColours);
  }

  /** Cards take turns at being first, so that none waits for ever where there is too much to draw. */
  #drawCards(state: ViewState): boolean {
    const views = cardViews(state);
    const cards = views.map(({ branch }, at) => this.#cards[at] ?? this.#addCard(branch.index));
    let budget = PIECES_A_FRAME;
    let isUnfinished = false;
    for (let step = 0; step < views.length; step += 1) {
      const at = (this.#turn + step) % views.length;
      const [view, card] = [views[at], cards[at]];
      if (view && card) {
        budget -= card.show(view, budget);
        isUnfinished ||= card.text.count < view.branch.tokens.length;
      }
    }
    this.#turn = isUnfinished ? this.#turn + 1 : 0;
    this.#cards.splice(views.length).forEach((card) => card.remove());
    return isUnfinished;
  }

  #addCard(index: number): Card {
    const card = new Card(index, this.#tools);
    card.isTabStop = this.#cards.length === 0;
    this.#cards.push(card);
    this.list.append(card.element);
    return card;
  }

  #clear(): void {
    this.popup.close();
    this.#cards.forEach((card) => card.remove());
    this.#cards = [];
  }

  #announce(before: ViewState | null, after: ViewState): void {
    const said = before === null ? [] : milestones(before, after);
    if (said.length > 0) {
      this.#live.textContent = said.join(' ');
    }
  }
}
