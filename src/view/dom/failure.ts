import { commonFailure, type ViewState } from '../model/state';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element } from './element';
import { errorBox } from './notices';
import type { ErrorInfo } from '../../protocol';

/** Says once why all the branches failed, rather than on each of them. */
export class CommonFailure {
  readonly element = element('div', 'common-failure');
  readonly #retry: ActionButton;
  #drawn: ErrorInfo | null = null;

  constructor(buttons: Buttons) {
    const look = { icon: 'retry', label: strings.retryAll(), hint: '' } as const;
    this.#retry = new ActionButton('', look, () => ({ kind: 'retry-all' }));
    buttons.add(this.#retry);
    this.element.hidden = true;
  }

  show({ batch }: ViewState): void {
    const failure = commonFailure(batch);
    this.element.hidden = failure === null;
    if (failure !== null && failure !== this.#drawn) {
      const message = `${strings.allFailed(batch.branches.length)} ${failure.message}`;
      const button = failure.retryable ? this.#retry.element : null;
      this.element.replaceChildren(errorBox({ ...failure, message }, button));
    }
    this.#drawn = failure;
  }
}
