import type { BranchView, ErrorInfo } from '../../protocol';
import { hasText } from '../model/state';
import { finishWords, strings } from '../strings';
import { ActionButton, type Buttons } from './button';
import { element, setAttribute, setText } from './element';
import { errorBox } from './notices';
import { icon } from './icon';
import { TokenText } from './tokens';

/** What a card shows besides its branch. */
export interface CardContext {
  total: number;
  isInserted: boolean;
  isCopied: boolean;
  /** Why the last action on this branch was refused. */
  problem: ErrorInfo | null;
}

/** One branch: its number, state, text and buttons. */
export class Card {
  readonly element = element('li', 'item');
  readonly article = element('article', 'card');
  readonly text: TokenText;
  readonly #status = element('span', 'status');
  readonly #statusText = element('span', 'status-text');
  readonly #inserted = element('span', 'mark');
  readonly #errors = element('div', 'errors');
  readonly #empty = element('p', 'nothing');
  readonly #insert: ActionButton;
  readonly #copy: ActionButton;
  readonly #retry: ActionButton;
  #drawn: { branch: BranchView; context: CardContext } | null = null;

  constructor(
    readonly index: number,
    buttons: Buttons,
  ) {
    const number = index + 1;
    this.text = new TokenText(`text-${number}`);
    this.#insert = new ActionButton('quiet', this.#insertLook(), () => this.#action('insert'));
    this.#copy = new ActionButton('quiet square', this.#copyLook(false), () =>
      this.#action('copy'),
    );
    const retry = {
      icon: 'retry',
      label: strings.retry(),
      hint: strings.retryHint(number),
    } as const;
    this.#retry = new ActionButton('', retry, () => this.#action('retry'));
    buttons.add(this.#retry);

    const head = element('header', 'head');
    const actions = element('span', 'actions');
    actions.append(buttons.add(this.#insert), buttons.add(this.#copy));
    this.#status.append(this.#statusText);
    this.#inserted.append(icon('check'), element('span', '', strings.inserted()));
    head.append(element('span', 'number', String(number)), this.#inserted, this.#status, actions);
    this.#empty.textContent = strings.nothing();
    this.article.tabIndex = -1;
    this.article.setAttribute('aria-describedby', this.text.element.id);
    this.article.append(head, this.text.element, this.#empty, this.#errors);
    this.element.append(this.article);
  }

  /** @returns how many tokens were added, at most `budget` */
  show(branch: BranchView, context: CardContext, budget: number): number {
    const added = this.text.show(branch.tokens, budget);
    const drawn = this.#drawn;
    if (drawn?.branch !== branch || !sameContext(drawn.context, context)) {
      this.#drawn = { branch, context };
      this.#showState(branch, context);
    }
    return added;
  }

  #showState(branch: BranchView, context: CardContext): void {
    const { label, hint } = statusWords(branch);
    const { classList } = this.article;
    classList.toggle('streaming', branch.status === 'streaming');
    classList.toggle('inserted', context.isInserted);
    setText(this.#statusText, label);
    setAttribute(this.#status, 'title', hint);
    this.#inserted.hidden = !context.isInserted;

    const isReady = hasText(branch);
    this.#insert.show(this.#insertLook(), isReady);
    this.#copy.show(this.#copyLook(context.isCopied), isReady);
    classList.toggle('ready', isReady);
    this.#empty.hidden = isReady || branch.status === 'streaming' || branch.status === 'failed';
    this.text.element.hidden = branch.tokens.length === 0;

    const name = strings.branch(this.index + 1, context.total);
    const parts = [name, context.isInserted ? strings.inserted() : '', label];
    setAttribute(this.article, 'aria-label', parts.filter(Boolean).join(', '));
    this.#showErrors([branch.error, context.problem ?? undefined]);
  }

  #showErrors([failure, problem]: readonly (ErrorInfo | undefined)[]): void {
    const boxes: Element[] = [];
    if (failure !== undefined) {
      boxes.push(errorBox(failure, failure.retryable ? this.#retry.element : null));
    }
    if (problem !== undefined) {
      boxes.push(errorBox(problem, null));
    }
    // Also when nothing changes in number: a retried branch may fail for another reason.
    if (boxes.length > 0 || this.#errors.childElementCount > 0) {
      this.#errors.replaceChildren(...boxes);
    }
  }

  #action<K extends 'insert' | 'copy' | 'retry'>(kind: K): { kind: K; branch: number } {
    return { kind, branch: this.index };
  }

  #insertLook() {
    const hint = strings.insertHint(this.index + 1);
    return { icon: 'insert', label: strings.insert(), hint } as const;
  }

  #copyLook(isCopied: boolean) {
    const number = this.index + 1;
    return isCopied
      ? ({ icon: 'check', label: '', hint: strings.copiedHint(number) } as const)
      : ({ icon: 'copy', label: '', hint: strings.copyHint(number) } as const);
  }
}

function sameContext(a: CardContext, b: CardContext): boolean {
  return (
    a.total === b.total &&
    a.isInserted === b.isInserted &&
    a.isCopied === b.isCopied &&
    a.problem === b.problem
  );
}

function statusWords({ status, finish }: BranchView): { label: string; hint: string } {
  switch (status) {
    case 'streaming':
      return { label: strings.writing(), hint: '' };
    case 'failed':
      return { label: strings.failed(), hint: '' };
    case 'stopped':
      return finishWords(finish ?? 'cancelled');
    case 'done':
      return finish === undefined ? { label: '', hint: '' } : finishWords(finish);
  }
}
