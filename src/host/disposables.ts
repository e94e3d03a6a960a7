/** Anything that ends; VS Code's own disposables are such. */
export interface Ending {
  dispose(): unknown;
}

/** Owns things that end with it. Adding to an ended one ends the thing at once. */
export class Disposables implements Ending {
  readonly #items = new Set<Ending>();
  #ended = false;

  add<T extends Ending>(item: T): T {
    if (this.#ended) {
      item.dispose();
    } else {
      this.#items.add(item);
    }
    return item;
  }

  dispose(): void {
    this.#ended = true;
    const items = [...this.#items].reverse();
    this.#items.clear();
    for (const item of items) {
      item.dispose();
    }
  }
}
