import type { ConfidenceSteps } from '../../core/model/confidence';
import { limitIn, type Percent } from '../model/percent';
import type { ViewState } from '../model/state';
import { strings } from '../strings';
import { element } from './element';

/** What the marks in the text mean; each there only when there is such a mark. */
export class Legend {
  readonly element = element('footer', 'legend');
  readonly #steps = element('div', 'legend-steps');
  readonly #dimmed = element('span', 'legend-dimmed', strings.legendDimmed());
  readonly #shared = element('span', 'legend-shared', strings.legendShared());

  readonly #limit: Percent;
  #drawn: ConfidenceSteps | undefined;

  constructor(language: string) {
    this.#limit = limitIn(language);
    this.element.append(this.#steps, this.#dimmed, this.#shared);
  }

  /** @param hasShared whether text that siblings share is shaded */
  show({ batch, look, openings, steps }: ViewState, hasShared: boolean): void {
    const hasSteps = batch.branches.some(({ tokens }) =>
      tokens.some(({ logprob }) => logprob !== null),
    );
    this.#drawSteps(steps);
    this.#steps.hidden = !hasSteps || !look.hasColours;
    this.#dimmed.hidden = ![...openings.values()].some(({ shared }) => shared > 0);
    this.#shared.hidden = !hasShared;
    this.element.hidden = this.#steps.hidden && this.#dimmed.hidden && this.#shared.hidden;
  }

  #drawSteps(steps: ConfidenceSteps): void {
    if (steps === this.#drawn) {
      return;
    }
    this.#drawn = steps;
    const { sure, surer, surest, low } = steps.thresholds;
    const from = { sure, surer, surest };
    this.#steps.replaceChildren(
      element('span', 'legend-title', strings.legend()),
      element('span', 'low', strings.legendUnder(this.#limit(low))),
      ...Object.entries(from).map(([step, p]) =>
        element('span', step, strings.legendFrom(this.#limit(p))),
      ),
      element('span', 'surer given', strings.legendGiven()),
      element('span', 'surer stuck', strings.legendStuck()),
    );
  }
}
