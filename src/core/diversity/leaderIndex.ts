import { answersOf, channelsOf } from './features';
import type { Candidates } from './linkage';

/** Leaders that are worth a close look. */
const LOOKED_AT = 12;

/** Finds the leaders that share the rarest content words with a text. */
export class LeaderIndex implements Candidates {
  readonly #content;
  readonly #holders: number[][] = [];
  readonly #shared = new Map<number, number>();

  constructor(texts: readonly string[]) {
    this.#content = channelsOf(answersOf(texts)).content;
  }

  add(leader: number): void {
    for (const feature of this.#content.featuresOf(leader)) {
      (this.#holders[feature] ??= []).push(leader);
    }
  }

  of(text: number): readonly number[] {
    const shared = this.#shared;
    shared.clear();
    for (const feature of this.#content.featuresOf(text)) {
      const weight = this.#content.weightOf(feature);
      for (const leader of this.#holders[feature] ?? []) {
        shared.set(leader, (shared.get(leader) ?? 0) + weight);
      }
    }
    return closest(this.#content.totals, shared);
  }
}

/** By cosine; the length of the text itself is the same for all. */
function closest(totals: Float64Array, shared: ReadonlyMap<number, number>): number[] {
  const best: { leader: number; cosine: number }[] = [];
  for (const [leader, weight] of shared) {
    const cosine = weight / Math.sqrt(totals[leader] ?? 1);
    if (best.length === LOOKED_AT && cosine <= (best.at(-1)?.cosine ?? 0)) {
      continue;
    }
    const at = best.findIndex((other) => other.cosine < cosine);
    best.splice(at < 0 ? best.length : at, 0, { leader, cosine });
    best.length = Math.min(best.length, LOOKED_AT);
  }
  return best.map(({ leader }) => leader);
}
