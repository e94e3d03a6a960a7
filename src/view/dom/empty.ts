import type { BatchView } from '../../protocol';
import { does } from '../model/keys';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element } from './element';

/** What the writer sees before the first batch: what to do, and a button that does it. */
export class EmptyState {
  readonly element = element('section', 'empty');
  readonly #text = element('p');
  #key = '';

  constructor(buttons: Buttons) {
    const look = { icon: 'more', label: strings.emptyMore(), hint: '' } as const;
    const button = new ActionButton('primary', look, () => does({ kind: 'continue' }));
    this.element.append(element('h2', '', strings.emptyTitle()), this.#text, buttons.add(button));
  }

  show({ id, keys }: BatchView): void {
    this.element.hidden = id !== null;
    const key = keys?.continue ?? 'Alt+Enter';
    if (key !== this.#key) {
      this.#key = key;
      // The sentence is one string for translators; the key is cut out of it again to look like one.
      const [before = '', after = ''] = strings.emptyText('\0').split('\0');
      this.#text.replaceChildren(before, element('kbd', '', key), after);
    }
  }
}
