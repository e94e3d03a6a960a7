import type { BatchView } from '../../protocol';
import { CONFIDENCE_STEPS } from '../../core/model/confidence';
import { limitIn } from '../model/percent';
import { strings } from '../strings';
import { element } from './element';

/** What the marks under the words mean; there only when there are such marks. */
export class Legend {
  readonly element = element('footer', 'legend');

  constructor(language: string) {
    const percent = limitIn(language);
    this.element.append(element('span', '', strings.legend()));
    for (const { step, from } of [...CONFIDENCE_STEPS].reverse()) {
      if (step === 'low') {
        const limit = CONFIDENCE_STEPS.find((other) => other.step === 'plain')?.from ?? 0;
        this.element.append(element('span', step, strings.legendUnder(percent(limit))));
      } else if (step !== 'plain') {
        this.element.append(element('span', step, strings.legendFrom(percent(from))));
      }
    }
  }

  show({ branches }: BatchView): void {
    this.element.hidden = !branches.some(({ tokens }) =>
      tokens.some(({ logprob }) => logprob !== null),
    );
  }
}
