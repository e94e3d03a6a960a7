import type { FlagView, RewrittenView } from '../../protocol';
import { rewriteStrings } from '../rewriteStrings';
import type { ViewState } from '../model/state';
import { ActionButton, type Buttons } from './button';
import { Chips } from './chips';
import { element, setText } from './element';
import type { Tips } from './tips';

/** The passage that was rewritten: its text, what was found in it, and what rewriting came to. */
export class Rewritten {
  readonly element = element('section', 'rewritten');
  readonly #source = element('blockquote', 'source');
  readonly #clean = element('span', 'clean', rewriteStrings.clean());
  readonly #chips: Chips;
  readonly #line = element('p', 'effect-line');
  readonly #numbers: ActionButton;
  readonly #effect = element('div', 'effect');
  #drawn: RewrittenView | undefined;

  constructor(buttons: Buttons, tips: Tips) {
    this.element.setAttribute('aria-label', rewriteStrings.passage());
    this.#source.dir = 'auto';
    this.#source.tabIndex = 0;
    // It is not in a card: there is nothing to point at in its text.
    this.#chips = new Chips({ tips, buttons }, () => null, nothing);
    const look = { icon: 'info', label: '', hint: rewriteStrings.effectHint() } as const;
    this.#numbers = new ActionButton('quiet square has-tip', look, () => null);
    tips.add(this.#numbers.element, {
      about: this,
      isBelow: true,
      content: () => this.#details(),
    });
    this.#effect.append(this.#line, buttons.add(this.#numbers));
    const head = element('div', 'rewritten-head');
    head.append(element('span', '', rewriteStrings.rewritesOf()), this.#clean);
    this.element.append(head, this.#source, this.#chips.element, this.#effect);
  }

  show({ batch: { rewritten } }: ViewState): void {
    this.element.hidden = rewritten === undefined;
    if (!rewritten || rewritten === this.#drawn) {
      return;
    }
    this.#drawn = rewritten;
    const { source, flags, effect } = rewritten;
    setText(this.#source, source);
    this.#clean.hidden = flags?.length !== 0;
    this.#chips.show(flags ?? NO_FLAGS);
    this.#effect.hidden = effect === undefined;
    setText(this.#line, effect?.line ?? '');
  }

  #details(): HTMLElement[] {
    const list = element('div', 'measures');
    list.append(...(this.#drawn?.effect?.details ?? []).map((line) => element('p', '', line)));
    return [element('strong', 'popup-title', rewriteStrings.effectHint()), list];
  }
}

const NO_FLAGS: readonly FlagView[] = [];
const nothing = () => undefined;
