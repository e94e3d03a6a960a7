import type { BranchDelta, TokenView } from '../protocol';

/** What has come of one branch. */
type Gathered = { tokens: TokenView[] } & Pick<BranchDelta, 'end' | 'freeze' | 'fork' | 'rewrite'>;

/** Gathers the growth of branches between two messages to the view: at most one item a branch. */
export class DeltaBuffer {
  #items = new Map<number, Gathered>();

  add({ index, tokens, end, freeze, fork, rewrite }: BranchDelta): void {
    const item = this.#items.get(index) ?? { tokens: [] };
    item.tokens.push(...tokens);
    if (end) {
      item.end = end;
    }
    if (freeze) {
      item.freeze = freeze;
    }
    if (rewrite) {
      item.rewrite = rewrite;
    }
    if (fork) {
      item.fork = fork;
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
