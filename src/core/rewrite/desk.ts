import { compareTexts } from '../diversity/modes';
import { SAME_IDEA } from '../diversity/weights';
import { faultOf, type Candidate, type ExamineContext } from './examine';
import type { Fault, RewriteRequest } from './rewriting';

/** What lies on the desk while a passage is rewritten: versions that are there, and those that came. */
export class Desk {
  readonly #taken: readonly string[];
  readonly #context: ExamineContext;
  /** In the order in which they came. */
  readonly #shown: { branch: number; text: string }[] = [];

  constructor({ source, before, avoid, taken }: RewriteRequest) {
    this.#taken = taken.filter((text) => text.trim() !== '');
    this.#context = { source, before, avoid };
  }

  /** What a new version must differ from, oldest first. */
  get versions(): readonly string[] {
    return [...this.#taken, ...this.#shown.map(({ text }) => text)];
  }

  /** What is wrong with a candidate, by itself or beside the others. */
  examine(candidate: Candidate): Fault | undefined {
    return faultOf(candidate, this.#context) ?? this.#near(candidate.text);
  }

  show(branch: number, text: string): void {
    this.#shown.push({ branch, text });
  }

  /** The version that a text says the same as, the passage's own words counting less; the nearest of several. */
  #near(text: string): Fault | undefined {
    const versions = this.versions;
    const { distinct, similarity } = compareTexts([this.#context.source, ...versions, text]);
    const own = distinct.kinds.at(-1) ?? 0;
    let [nearest, most] = [-1, SAME_IDEA];
    versions.forEach((_, i) => {
      const alike = similarity.between(own, distinct.kinds[i + 1] ?? own);
      if (alike >= most) {
        [nearest, most] = [i, alike];
      }
    });
    if (nearest === -1) {
      return undefined;
    }
    const sibling = this.#shown[nearest - this.#taken.length];
    return sibling === undefined
      ? { kind: 'taken', similarity: most }
      : { kind: 'near', branch: sibling.branch, similarity: most };
  }
}
