/** A heap that gives back what has the greatest key first; of equal keys, what was put in first. */
export class Heap<T> {
  readonly #items: { key: number; order: number; value: T }[] = [];
  #order = 0;

  get size(): number {
    return this.#items.length;
  }

  push(key: number, value: T): void {
    const items = this.#items;
    items.push({ key, order: this.#order++, value });
    for (let at = items.length - 1; at > 0;) {
      const up = (at - 1) >> 1;
      if (!this.#isBefore(at, up)) {
        break;
      }
      this.#swap(at, up);
      at = up;
    }
  }

  /** Undefined when it is empty. */
  pop(): { key: number; value: T } | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) {
      items[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    const { length } = this.#items;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < length && this.#isBefore(left, first)) {
        first = left;
      }
      if (right < length && this.#isBefore(right, first)) {
        first = right;
      }
      if (first === at) {
        return;
      }
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#items[a], this.#items[b]];
    return (
      one !== undefined &&
      other !== undefined &&
      (one.key > other.key || (one.key === other.key && one.order < other.order))
    );
  }

  #swap(a: number, b: number): void {
    const items = this.#items;
    const [one, other] = [items[a], items[b]];
    if (one && other) {
      items[a] = other;
      items[b] = one;
    }
  }
}
