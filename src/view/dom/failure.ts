import { commonFailure, type ViewState } from '../model/state';
import { strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element } from './element';
import { Fixes } from './fixes';
import { errorBox } from './notices';
import type { ErrorInfo } from '../../protocol';

/** Says once why all the branches failed, rather than on each of them. */
export class CommonFailure {
  readonly element = element('div', 'common-failure');
  readonly #retry: ActionButton;
  readonly #fixes: Fixes;
  #first = 0;
  #drawn: ErrorInfo | null = null;

  constructor(buttons: Buttons) {
    const look = { icon: 'retry', label: strings.retryAll(), hint: '' } as const;
    this.#retry = new ActionButton('', look, () => ({ kind: 'retry-all' }));
    buttons.add(this.#retry);
    this.#fixes = new Fixes(buttons, () => this.#first);
    this.element.hidden = true;
  }

  show({ batch }: ViewState): void {
    const failure = commonFailure(batch);
    this.#first = batch.branches[0]?.index ?? 0;
    this.element.hidden = failure === null;
    if (failure !== null && failure !== this.#drawn) {
      const message = `${strings.allFailed(batch.branches.length)} ${failure.message}`;
      const retry = failure.retryable ? [this.#retry.element] : [];
      const buttons = [...retry, ...this.#fixes.of(failure)];
      this.element.replaceChildren(errorBox({ ...failure, message }, ...buttons));
    }
    this.#drawn = failure;
  }
}
