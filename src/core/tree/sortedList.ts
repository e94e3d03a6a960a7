/** A list that is sorted when it is read, not when it grows: growing in order costs nothing. */
export class SortedList<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;
  #sorted = true;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(item: T): void {
    const last = this.#items.at(-1);
    this.#sorted &&= last === undefined || this.#compare(last, item) <= 0;
    this.#items.push(item);
  }

  remove(item: T): void {
    const at = this.#items.lastIndexOf(item);
    if (at !== -1) {
      this.#items.splice(at, 1);
    }
  }

  get items(): readonly T[] {
    if (!this.#sorted) {
      this.#items.sort(this.#compare);
      this.#sorted = true;
    }
    return this.#items;
  }
}
