import { gramHash } from './gramHash';
import type { Prose } from './prose';

/** Words that siblings must have in the same order. */
const GRAM = 3;

/** What siblings write alike: for each run of three words, how many of them have it. */
export class Agreement {
  readonly #holders = new Map<number, number>();
  readonly #siblings: number;

  constructor(siblings: readonly Prose[]) {
    this.#siblings = siblings.length;
    for (const prose of siblings) {
      const own = new Set<number>();
      for (let last = GRAM - 1; last < prose.count; last++) {
        own.add(gramHash(prose, last - GRAM + 1, GRAM));
      }
      for (const gram of own) {
        this.#holders.set(gram, (this.#holders.get(gram) ?? 0) + 1);
      }
    }
  }

  /**
   * The share of the other siblings, 0 to 1, that also write a word after the two before it.
   * @param prose one of the siblings
   * @returns undefined where there are no others, or fewer than two words before
   */
  at(prose: Prose, word: number): number | undefined {
    if (this.#siblings < 2 || word < GRAM - 1 || word >= prose.count) {
      return undefined;
    }
    const holders = this.#holders.get(gramHash(prose, word - GRAM + 1, GRAM)) ?? 1;
    return (holders - 1) / (this.#siblings - 1);
  }
}
