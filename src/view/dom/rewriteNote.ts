import type { RewriteView } from '../../protocol';
import { rewriteStrings, triesWords } from '../rewriteStrings';
import { element, setAttribute } from './element';
import { icon } from './icon';
import type { Tips } from './tips';

/** What is known of a rewrite besides its text: how it was asked for, what came before it, what it lost. */
export class RewriteNote {
  readonly element = element('div', 'rewrite');
  readonly #strategy = element('button', 'strategy has-tip');
  readonly #tries = element('button', 'tries');
  readonly #list = element('ol', 'discarded');
  readonly #remarks = element('ul', 'remarks');
  #drawn: RewriteView | undefined;

  constructor(index: number, tips: Tips) {
    this.#strategy.type = 'button';
    this.#tries.type = 'button';
    this.#list.id = `discarded-${index + 1}`;
    this.#tries.setAttribute('aria-controls', this.#list.id);
    tips.add(this.#strategy, {
      about: this,
      isBelow: true,
      content: () => [
        element('strong', 'popup-title', this.#drawn?.strategy ?? ''),
        element('p', 'popup-message', this.#drawn?.line ?? ''),
      ],
    });
    this.#tries.addEventListener('click', () => this.#open(this.#list.hidden === true));
    const row = element('div', 'rewrite-row');
    row.append(this.#strategy, this.#tries);
    this.element.append(row, this.#list, this.#remarks);
    this.element.hidden = true;
  }

  show(rewrite: RewriteView | undefined): void {
    if (rewrite === this.#drawn) {
      return;
    }
    this.#drawn = rewrite;
    this.element.hidden = rewrite === undefined;
    if (!rewrite) {
      return;
    }
    const { strategy, attempts, fault, labels } = rewrite;
    this.#strategy.textContent = strategy;
    setAttribute(this.#strategy, 'aria-label', rewriteStrings.strategy(strategy));
    const whys = attempts.map(({ why }) => why);
    this.#tries.replaceChildren(icon('retry'), element('span', '', triesWords(whys)));
    this.#tries.hidden = attempts.length === 0;
    this.#list.replaceChildren(
      ...attempts.map(({ text, why }, at) => {
        const item = element('li', 'discarded-item');
        const words = element('p', 'discarded-text', text.trim());
        words.dir = 'auto';
        item.setAttribute('aria-label', rewriteStrings.discarded(at + 1));
        item.append(element('p', 'discarded-why', why), words);
        return item;
      }),
    );
    this.#open(false);
    const remarks = [
      ...(fault === undefined ? [] : [remark('warning', fault)]),
      ...labels.map((label) => remark('note', label)),
    ];
    this.#remarks.replaceChildren(...remarks);
    this.#remarks.hidden = remarks.length === 0;
  }

  #open(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    setAttribute(this.#tries, 'aria-expanded', String(isOpen));
  }
}

function remark(kind: 'warning' | 'note', words: string): HTMLElement {
  const item = element('li', `remark ${kind}`);
  item.append(icon(kind === 'note' ? 'info' : kind), element('span', '', words));
  return item;
}
