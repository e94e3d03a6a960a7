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

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  get items(): readonly T[] {
    if (!this.#sorted) {
      this.#items.sort(this.#compare);
      this.#sorted = true;
    }
    return this.#items;
  }
}

const NONE: readonly never[] = [];

/** Sorted lists by key; one that is empty is gone. Adding to one key time and again costs no look-up. */
export class SortedLists<K, T> {
  readonly #lists = new Map<K, SortedList<T>>();
  #last: { key: K; list: SortedList<T> } | undefined;

  constructor(private readonly compare: (a: T, b: T) => number) {}

  add(key: K, item: T): void {
    if (this.#last?.key !== key) {
      let list = this.#lists.get(key);
      if (list === undefined) {
        list = new SortedList(this.compare);
        this.#lists.set(key, list);
      }
      this.#last = { key, list };
    }
    this.#last.list.add(item);
  }

  remove(key: K, item: T): void {
    const list = this.#lists.get(key);
    list?.remove(item);
    if (list?.isEmpty === true) {
      this.#lists.delete(key);
      this.#last = undefined;
    }
  }

  items(key: K): readonly T[] {
    return this.#lists.get(key)?.items ?? NONE;
  }

  *entries(): Generator<[K, readonly T[]]> {
    for (const [key, list] of this.#lists) {
      yield [key, list.items];
    }
  }
}
