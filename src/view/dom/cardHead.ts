import { does, foldCommand, onBranch, takeCommand, type Keyed } from '../model/keys';
import type { CardView } from '../model/cardView';
import { hasText } from '../model/state';
import { rewriteStrings } from '../rewriteStrings';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element, setAttribute, setText } from './element';
import { icon } from './icon';

/** Above a branch: its number and what it shares with others, and its buttons. */
export class CardHead {
  readonly element = element('header', 'head');
  readonly menu: ActionButton;
  readonly #copies: ActionButton;
  readonly #idea = element('span', 'idea');
  readonly #selected = element('span', 'selected-mark');
  readonly #inserted = element('span', 'mark');
  readonly #insert: ActionButton;
  readonly #copy: ActionButton;

  /** @param keyed what there is now */
  constructor(
    private readonly index: number,
    buttons: Buttons,
    keyed: () => Keyed,
  ) {
    const number = index + 1;
    this.#copies = new ActionButton('copies', this.#copiesLook(1, ''), () =>
      foldCommand(keyed(), index),
    );
    this.#insert = new ActionButton('quiet', this.#insertLook(), () =>
      takeCommand(keyed(), index, 'all'),
    );
    this.#copy = new ActionButton('quiet square', this.#copyLook(false), () =>
      onBranch(keyed(), index, 'copy'),
    );
    const look = { icon: 'menu', label: '', hint: strings.actionsHint(number) } as const;
    this.menu = new ActionButton('quiet square', look, () => ({ kind: 'menu', branch: index }));
    setAttribute(this.menu.element, 'aria-haspopup', 'menu');
    this.#selected.append(icon('select'), element('span', '', strings.selected()));
    this.#inserted.append(icon('check'), element('span', '', strings.inserted()));
    this.#idea.dir = 'auto';
    const actions = element('span', 'actions');
    actions.append(...[this.#insert, this.#copy, this.menu].map((button) => buttons.add(button)));
    this.element.append(
      element('span', 'number', String(number)),
      buttons.add(this.#copies),
      this.#idea,
      this.#inserted,
      this.#selected,
      actions,
    );
  }

  show(card: CardView): void {
    this.#copies.element.hidden = card.copies < 2;
    this.#copies.show(this.#copiesLook(card.copies, card.same), true);
    setAttribute(this.#copies.element, 'aria-expanded', String(card.isUnfolded));
    this.#idea.hidden = card.idea === '';
    setText(this.#idea, card.idea);
    setAttribute(this.#idea, 'data-hue', card.idea === '' ? null : hueOf(card.idea));
    setAttribute(this.#idea, 'title', strings.idea(card.idea, card.ideaLabel));
    this.#inserted.hidden = !card.isInserted;
    this.#selected.hidden = !card.isSelected;
    const isReady = hasText(card.branch);
    this.#insert.show(this.#insertLook(card.isRewrite), isReady);
    this.#copy.show(this.#copyLook(card.isCopied), isReady);
  }

  #insertLook(isRewrite = false) {
    const number = this.index + 1;
    return isRewrite
      ? ({
          icon: 'replace',
          label: rewriteStrings.apply(),
          hint: rewriteStrings.applyHint(number),
        } as const)
      : ({ icon: 'insert', label: strings.insert(), hint: strings.insertHint(number) } as const);
  }

  #copiesLook(copies: number, same: string) {
    const hint = strings.copiesHint(copies, same);
    return { icon: 'fold', label: strings.copies(copies), hint } as const;
  }

  #copyLook(isCopied: boolean) {
    const number = this.index + 1;
    return isCopied
      ? ({ icon: 'check', label: '', hint: strings.copiedHint(number) } as const)
      : ({ icon: 'copy', label: '', hint: strings.copyHint(number) } as const);
  }
}

/** Hues that groups take turns with; the letter tells them apart where there are more. */
const HUES = 5;

export function hueOf(letter: string): string {
  return String((letter.charCodeAt(letter.length - 1) - 65) % HUES);
}

/** The buttons of a failed branch. */
export function retryButton(index: number): ActionButton {
  const look = {
    icon: 'retry',
    label: strings.retry(),
    hint: strings.retryHint(index + 1),
  } as const;
  return new ActionButton('', look, () => does({ kind: 'retry', branch: index }));
}
