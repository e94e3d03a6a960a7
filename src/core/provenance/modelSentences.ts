import { gramHash } from '../collapse/gramHash';
import { Gap, Prose } from '../collapse/prose';

/** People and models write the same sentence of fewer words by accident. */
const TELLING = 6;
/** From this share of a text's words on that stand in a model's sentences, the text is the model's. */
const SHARE = 0.5;

/** Sentences that models wrote, to know them again where nothing else says where a text came from. */
export class ModelSentences {
  readonly #hashes = new Set<number>();

  add(text: string): void {
    const prose = new Prose(text);
    for (const { first, words } of sentencesOf(prose)) {
      this.#hashes.add(gramHash(prose, first, words));
    }
  }

  /** Whether at least half of a text's words stand in whole sentences of models; typography does not count. */
  wrote(text: string): boolean {
    if (this.#hashes.size === 0) {
      return false;
    }
    const prose = new Prose(text);
    let found = 0;
    for (const { first, words } of sentencesOf(prose)) {
      found += this.#hashes.has(gramHash(prose, first, words)) ? words : 0;
    }
    return found > 0 && found >= SHARE * prose.count;
  }
}

/** The sentences that are long enough to tell. */
function* sentencesOf(prose: Prose): Generator<{ first: number; words: number }> {
  for (let first = 0; first < prose.count;) {
    const next = prose.nextBreak(first, Gap.sentence);
    if (next - first >= TELLING) {
      yield { first, words: next - first };
    }
    first = next;
  }
}
