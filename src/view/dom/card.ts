import type { FlagView } from '../../protocol';
import { isSameCard, type CardView } from '../model/cardView';
import { escapeCommand, type Keyed } from '../model/keys';
import type { Numbers } from '../model/numbers';
import type { Percent } from '../model/percent';
import { hasText } from '../model/state';
import { rewriteStrings } from '../rewriteStrings';
import { flagTitle, strings } from '../strings';
import type { ActionButton, Buttons } from './button';
import { CardFoot, statusWords } from './cardFoot';
import { CardHead, retryButton } from './cardHead';
import { Fixes } from './fixes';
import { Changes } from './changes';
import { Chips } from './chips';
import { RewriteNote } from './rewriteNote';
import { FreezeStrip } from './freezeStrip';
import { Origin, originWords } from './origin';
import { element, setAttribute } from './element';
import type { Highlights } from './highlights';
import { errorBox } from './notices';
import type { Tips } from './tips';
import { TokenText } from './tokenText';

/** What cards have in common. */
export interface CardTools {
  buttons: Buttons;
  tips: Tips;
  highlights: Highlights;
  numbers: Numbers;
  percent: Percent;
  /** What there is now. */
  keyed: () => Keyed;
}

/** One branch: its number, text, findings and buttons. */
export class Card {
  readonly element = element('li', 'item');
  readonly article = element('article', 'card');
  readonly text: TokenText;
  readonly head: CardHead;
  readonly #foot: CardFoot;
  readonly #chips: Chips;
  readonly #origin: Origin;
  readonly #freeze: FreezeStrip;
  readonly #rewrite: RewriteNote;
  readonly #changes: Changes;
  readonly #errors = element('div', 'errors');
  readonly #empty = element('p', 'nothing');
  readonly #retry: ActionButton;
  readonly #fixes: Fixes;
  #drawn: CardView | null = null;
  /** What the dimmed stretch was drawn for. */
  #dimmed = '';
  #isTabStop = false;

  constructor(
    readonly index: number,
    private readonly tools: CardTools,
  ) {
    this.text = new TokenText(`text-${index + 1}`);
    this.head = new CardHead(index, tools.buttons, tools.keyed);
    this.#foot = new CardFoot(tools.numbers);
    this.#chips = new Chips(
      tools,
      () => escapeCommand(tools.keyed(), index),
      (flags) => this.#point(flags),
    );
    this.#origin = new Origin(tools.percent);
    this.#freeze = new FreezeStrip(index, tools.buttons);
    this.#rewrite = new RewriteNote(index, tools.tips);
    this.#changes = new Changes(index);
    this.#retry = retryButton(index);
    tools.buttons.add(this.#retry);
    this.#fixes = new Fixes(tools.buttons, () => index);
    this.#empty.textContent = strings.nothing();
    this.article.tabIndex = -1;
    this.article.setAttribute('aria-describedby', this.text.element.id);
    this.article.append(
      this.head.element,
      this.#origin.element,
      this.#rewrite.element,
      this.text.element,
      this.#changes.element,
      this.#empty,
      this.#chips.element,
      this.#freeze.element,
      this.#errors,
      this.#foot.element,
    );
    this.element.append(this.article);
  }

  /** Whether Tab stops here, and on its buttons. */
  get isTabStop(): boolean {
    return this.#isTabStop;
  }

  set isTabStop(isTabStop: boolean) {
    this.#isTabStop = isTabStop;
    this.#spreadTabStop();
  }

  /** @returns how many pieces of text were drawn, about `budget` at most */
  show(card: CardView, budget: number): number {
    const { branch } = card;
    const { isRaw, steps } = card;
    const look = { isRaw, steps, isComplete: branch.status !== 'streaming' };
    const drawn = this.text.show(branch.tokens, look, budget);
    if (this.#drawn === null || !isSameCard(this.#drawn, card)) {
      const before = this.#drawn;
      this.#drawn = card;
      if (before !== null && hasOnlyGrown(before, card)) {
        this.#foot.show(branch);
      } else {
        this.#showState(card, before);
      }
    }
    this.#dim(card.shared);
    return drawn;
  }

  remove(): void {
    this.tools.highlights.clear(this);
    this.element.remove();
  }

  #showState(card: CardView, before: CardView | null): void {
    const { branch } = card;
    const { classList } = this.article;
    const isReady = hasText(branch);
    this.element.hidden = card.isFolded;
    classList.toggle('streaming', branch.status === 'streaming');
    classList.toggle('inserted', card.isInserted);
    classList.toggle('selected', card.isSelected);
    classList.toggle('ready', isReady);
    this.head.show(card);
    this.#foot.show(branch);
    this.#chips.show(branch.flags ?? NO_FLAGS);
    this.#origin.show(branch.fork);
    const { freeze } = branch;
    const isChanges = card.source !== null && isReady;
    const text = freeze || isChanges ? branch.tokens.map((token) => token.text).join('') : '';
    this.#freeze.show(freeze, text);
    this.#rewrite.show(branch.rewrite);
    this.#changes.show(card.source, text);
    this.#empty.hidden = isReady || branch.status === 'streaming' || branch.status === 'failed';
    this.text.element.hidden = branch.tokens.length === 0 || isChanges;
    setAttribute(this.article, 'aria-label', nameOf(card, this.tools.percent));
    const isSameFailure =
      before?.branch.error === branch.error &&
      before?.problem === card.problem &&
      before.isToldAbove === card.isToldAbove;
    if (!isSameFailure) {
      this.#showErrors(card);
    }
    this.#spreadTabStop();
  }

  #showErrors({ branch: { error }, problem, isToldAbove }: CardView): void {
    const boxes: Element[] = [];
    const retry = error?.retryable === true ? [this.#retry.element] : [];
    if (error !== undefined && isToldAbove) {
      boxes.push(...retry);
    } else if (error !== undefined) {
      boxes.push(errorBox(error, ...retry, ...this.#fixes.of(error)));
    }
    if (problem !== null) {
      boxes.push(errorBox(problem));
    }
    this.#errors.replaceChildren(...boxes);
  }

  /** Dims the opening that a sibling has too, so that reading starts where they part. */
  #dim(shared: number): void {
    const end = Math.min(shared, this.text.length);
    const dimmed = `${end} ${this.text.version}`;
    if (dimmed !== this.#dimmed) {
      this.#dimmed = dimmed;
      const range = end > 0 ? this.text.range({ start: 0, end }) : null;
      this.tools.highlights.set('variorum-opening', this, range ? [range] : []);
    }
  }

  #point(flags: readonly FlagView[]): void {
    const ranges = flags.flatMap((flag) => this.text.range(flag) ?? []);
    this.tools.highlights.set('variorum-flag', this, ranges);
  }

  /** Buttons of other cards are a step of the arrows away: Tab need not pass them all. */
  #spreadTabStop(): void {
    const tabIndex = this.#isTabStop ? 0 : -1;
    this.article.tabIndex = tabIndex;
    for (const button of this.article.querySelectorAll('button')) {
      button.tabIndex = tabIndex;
    }
  }
}

/** The common case while streaming, thirty times a second. */
function hasOnlyGrown(before: CardView, card: CardView): boolean {
  const [was, is] = [before.branch, card.branch];
  const isSame = isSameCard({ ...before, branch: is, shared: card.shared }, card);
  return (
    isSame &&
    was.status === 'streaming' &&
    is.status === 'streaming' &&
    was.tokens.length > 0 &&
    is.tokens.length >= was.tokens.length &&
    was.flags === is.flags &&
    was.fork === is.fork &&
    was.freeze === is.freeze &&
    was.rewrite === is.rewrite &&
    card.source === null
  );
}

const NO_FLAGS: readonly FlagView[] = [];

/** What a screen reader says of the card. */
function nameOf(card: CardView, percent: Percent): string {
  const { branch, total } = card;
  const titles = [...new Set((branch.flags ?? []).map(({ code }) => flagTitle(code)))];
  const parts = [
    card.isRewrite
      ? rewriteStrings.rewrite(branch.index + 1, total)
      : strings.branch(branch.index + 1, total),
    card.copies > 1 ? strings.copiesHint(card.copies, card.same) : '',
    card.idea === '' ? '' : strings.idea(card.idea, card.ideaLabel),
    card.isInserted ? strings.inserted() : '',
    card.isSelected ? strings.selected() : '',
    statusWords(branch).label,
    branch.model ?? '',
    branch.rewrite ? rewriteStrings.strategy(branch.rewrite.strategy) : '',
    branch.rewrite?.fault ?? '',
    branch.fork ? originWords(branch.fork, percent) : '',
    titles.length > 0 ? strings.findings(branch.flags?.length ?? 0, titles.join(', ')) : '',
  ];
  return parts.filter(Boolean).join(', ');
}
