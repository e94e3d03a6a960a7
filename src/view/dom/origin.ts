import type { ForkView } from '../../protocol';
import { forkStrings } from '../forkStrings';
import type { Percent } from '../model/percent';
import { withSymbols } from '../../core/text/visible';
import { element } from './element';
import { icon } from './icon';

/** How a branch was made to begin: the forced token with the probability that it really had. */
export class Origin {
  readonly element = element('p', 'origin');
  #drawn: ForkView | undefined;

  constructor(private readonly percent: Percent) {
    this.element.hidden = true;
  }

  show(fork: ForkView | undefined): void {
    if (fork === this.#drawn) {
      return;
    }
    this.#drawn = fork;
    this.element.hidden = fork === undefined;
    if (fork !== undefined) {
      this.element.replaceChildren(
        icon('split'),
        element('span', '', originWords(fork, this.percent)),
      );
    }
  }
}

/** The same in words, for the name of the card too. */
export function originWords(fork: ForkView, percent: Percent): string {
  const { text, instead, logprob, from, kind, told } = fork;
  const word = withSymbols(text.trim() || text);
  const probability = percent(Math.exp(logprob));
  const words =
    kind === 'opening'
      ? forkStrings.begins(word, probability)
      : forkStrings.picked(word, probability, withSymbols(instead.trim() || instead));
  const parts = [
    words,
    from === null ? '' : forkStrings.pickedFrom(from + 1),
    kind === 'escape' ? forkStrings.escaped() : '',
    told ? forkStrings.told() : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
