import { CONFIDENCE_STEPS } from '../../core/model/confidence';
import { limitIn } from '../model/percent';
import type { ViewState } from '../model/state';
import { strings } from '../strings';
import { element } from './element';

/** What the marks in the text mean; each there only when there is such a mark. */
export class Legend {
  readonly element = element('footer', 'legend');
  readonly #steps = element('div', 'legend-steps');
  readonly #dimmed = element('span', 'legend-dimmed', strings.legendDimmed());
  readonly #shared = element('span', 'legend-shared', strings.legendShared());

  constructor(language: string) {
    const percent = limitIn(language);
    this.#steps.append(element('span', 'legend-title', strings.legend()));
    for (const { step, from } of [...CONFIDENCE_STEPS].reverse()) {
      if (step === 'low') {
        const limit = CONFIDENCE_STEPS.find((other) => other.step === 'plain')?.from ?? 0;
        this.#steps.append(element('span', step, strings.legendUnder(percent(limit))));
      } else if (step !== 'plain') {
        this.#steps.append(element('span', step, strings.legendFrom(percent(from))));
      }
    }
    this.element.append(this.#steps, this.#dimmed, this.#shared);
  }

  /** @param hasShared whether text that siblings share is shaded */
  show({ batch, look, openings }: ViewState, hasShared: boolean): void {
    const hasSteps = batch.branches.some(({ tokens }) =>
      tokens.some(({ logprob }) => logprob !== null),
    );
    this.#steps.hidden = !hasSteps || !look.hasColours;
    this.#dimmed.hidden = ![...openings.values()].some(({ shared }) => shared > 0);
    this.#shared.hidden = !hasShared;
    this.element.hidden = this.#steps.hidden && this.#dimmed.hidden && this.#shared.hidden;
  }
}
