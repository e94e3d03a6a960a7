import { foldPhrase } from './phraseTrie';

/** Phrases the writer wants left alone, as they were written, by how far that reaches. */
export interface Allowed {
  /** In this document. */
  here?: readonly string[];
  /** In this workspace. */
  workspace?: readonly string[];
  /** In all of the writer's work. */
  always?: readonly string[];
}

/** Tells whether a phrase is allowed at any level; typography does not count. */
export class AllowList {
  readonly #phrases: ReadonlySet<string>;

  constructor({ here = [], workspace = [], always = [] }: Allowed) {
    this.#phrases = new Set([...here, ...workspace, ...always].map(foldPhrase));
  }

  has(phrase: string): boolean {
    return this.#phrases.size > 0 && this.#phrases.has(foldPhrase(phrase));
  }
}
