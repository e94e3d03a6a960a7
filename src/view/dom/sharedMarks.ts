import { sharedText } from '../model/sharedText';
import { isStreaming, type ViewState } from '../model/state';
import type { BranchView } from '../../protocol';
import type { Card } from './card';
import type { Highlights } from './highlights';

/**
 * Shades what siblings share where there are no probabilities to show: once they have ended, in branches
 * of models without any.
 */
export class SharedMarks {
  #branches: readonly BranchView[] | null = null;
  #owners: object[] = [];
  #versions = '';

  constructor(private readonly highlights: Highlights) {}

  /** Whether anything is shaded. */
  get isShown(): boolean {
    return this.#owners.length > 0;
  }

  /** To be called once all text is on the page. */
  show(state: ViewState, cards: readonly Card[]): void {
    const versions = cards.map(({ text }) => text.version).join();
    if (this.#branches === state.batch.branches && this.#versions === versions) {
      return;
    }
    this.#branches = state.batch.branches;
    this.#versions = versions;
    this.#owners.forEach((owner) => this.highlights.set('variorum-shared', owner, []));
    this.#owners = [];
    if (!isStreaming(state.batch) && state.batch.models.some(({ noLogprobs }) => noLogprobs)) {
      this.#shade(state, cards);
    }
  }

  #shade({ batch, folds, openings }: ViewState, cards: readonly Card[]): void {
    const siblings = batch.branches.filter(({ index }) => !folds.has(index));
    const texts = siblings.map(({ tokens }) => tokens.map(({ text }) => text).join(''));
    sharedText(texts).forEach((runs, at) => {
      const branch = siblings[at];
      const card = cards.find(({ index }) => index === branch?.index);
      if (!branch || !card || branch.tokens.some(({ logprob }) => logprob !== null)) {
        return;
      }
      const opening = openings.get(branch.index)?.shared ?? 0;
      const ranges = runs
        .filter(({ end }) => end > opening)
        .flatMap(
          ({ start, end }) => card.text.range({ start: Math.max(start, opening), end }) ?? [],
        );
      if (ranges.length > 0) {
        this.#owners.push(ranges);
        this.highlights.set('variorum-shared', ranges, ranges);
      }
    });
  }
}
