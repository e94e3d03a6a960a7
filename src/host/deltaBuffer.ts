import type { BranchDelta, TokenView } from '../protocol';

/** Gathers the growth of branches between two messages to the view: at most one item a branch. */
export class DeltaBuffer {
  #items = new Map<number, { tokens: TokenView[]; end?: NonNullable<BranchDelta['end']> }>();

  add({ index, tokens, end }: BranchDelta): void {
    const item = this.#items.get(index) ?? { tokens: [] };
    item.tokens.push(...tokens);
    if (end) {
      item.end = end;
    }
    this.#items.set(index, item);
  }

  take(): BranchDelta[] {
    const items = [...this.#items].map(([index, item]) => ({ index, ...item }));
    this.clear();
    return items;
  }

  clear(): void {
    this.#items = new Map();
  }
}
