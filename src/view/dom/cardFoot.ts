import type { BranchView } from '../../protocol';
import type { Numbers } from '../model/numbers';
import { finalSpeed, LiveSpeed } from '../model/speed';
import { finishWords, strings } from '../strings';
import { element, setAttribute, setText } from './element';

/** Milliseconds between two looks at a live speed. */
const PACE = 500;

/** Under a branch: how it ended, how fast, what it cost, and whose it is. */
export class CardFoot {
  readonly element = element('footer', 'foot');
  readonly #status = element('span', 'status');
  readonly #speed = element('span', 'speed');
  readonly #cost = element('span', 'cost');
  readonly #model = element('span', 'branch-model');
  readonly #live = new LiveSpeed();
  #shownAt = 0;

  constructor(private readonly numbers: Numbers) {
    this.#model.dir = 'auto';
    this.element.append(this.#status, this.#speed, this.#cost, this.#model);
  }

  show(branch: BranchView): void {
    const { label, hint } = statusWords(branch);
    setText(this.#status, label);
    setAttribute(this.#status, 'title', hint || null);
    this.#showSpeed(branch);
    const cost = branch.usage?.cost;
    setText(this.#cost, cost === undefined ? '' : this.numbers.dollars(cost));
    setText(this.#model, branch.model ?? '');
  }

  #showSpeed(branch: BranchView): void {
    const isLive = branch.status === 'streaming';
    const now = performance.now();
    const speed = isLive ? this.#live.at(branch.tokens.length, now) : finalSpeed(branch);
    if (isLive && speed !== null && now - this.#shownAt < PACE) {
      return;
    }
    this.#shownAt = now;
    setText(this.#speed, speed === null ? '' : strings.speed(this.numbers.rate(speed)));
  }
}

/** How far a branch is, or why it ended. */
export function statusWords({ status, finish, tokens }: BranchView): {
  label: string;
  hint: string;
} {
  switch (status) {
    case 'streaming':
      return { label: tokens.length === 0 ? strings.waiting() : strings.writing(), hint: '' };
    case 'failed':
      return { label: strings.failed(), hint: '' };
    case 'stopped':
      return finishWords(finish ?? 'cancelled');
    case 'done':
      return finish === undefined ? { label: '', hint: '' } : finishWords(finish);
  }
}
