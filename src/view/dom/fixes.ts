import type { ErrorInfo } from '../../protocol';
import { does } from '../model/keys';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';

/** The buttons that do what would mend a failure. */
export class Fixes {
  readonly #buttons: Record<NonNullable<ErrorInfo['fix']>, ActionButton>;

  /** @param branch whose failure it is now */
  constructor(buttons: Buttons, branch: () => number) {
    const fix = () => does({ kind: 'fix', branch: branch() });
    this.#buttons = {
      key: new ActionButton('', { icon: 'key', label: strings.enterKey(), hint: '' }, fix),
      model: new ActionButton('', { icon: 'down', label: strings.chooseModel(), hint: '' }, fix),
    };
    buttons.add(this.#buttons.key);
    buttons.add(this.#buttons.model);
  }

  of({ fix }: ErrorInfo): HTMLButtonElement[] {
    return fix === undefined ? [] : [this.#buttons[fix].element];
  }
}
