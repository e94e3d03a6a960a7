/** Stretches of text that the page marks without touching its elements. */
export type HighlightName = 'variorum-opening' | 'variorum-shared' | 'variorum-flag';

/** Marks by owner, so that each card and chip can change its own. Does nothing where it is unsupported. */
export class Highlights {
  readonly #ranges = new Map<HighlightName, Map<object, readonly Range[]>>();

  set(name: HighlightName, owner: object, ranges: readonly Range[]): void {
    if (!('highlights' in CSS)) {
      return;
    }
    const highlight = CSS.highlights.get(name) ?? new Highlight();
    const owners = this.#ranges.get(name) ?? new Map<object, readonly Range[]>();
    owners.get(owner)?.forEach((range) => highlight.delete(range));
    ranges.forEach((range) => highlight.add(range));
    if (ranges.length > 0) {
      owners.set(owner, ranges);
    } else {
      owners.delete(owner);
    }
    this.#ranges.set(name, owners);
    CSS.highlights.set(name, highlight);
  }

  /** Forgets all marks of an owner that is going. */
  clear(owner: object): void {
    for (const name of this.#ranges.keys()) {
      this.set(name, owner, []);
    }
  }
}
