import type { BranchView } from '../../protocol';

/** What was written and spent, as far as servers tell. */
export interface Total {
  tokens: number;
  /** US dollars. */
  dollars: number;
}

/** What the branches of a batch took together; null where nobody told what any cost. */
export function totalOf(branches: readonly Pick<BranchView, 'usage'>[]): Total | null {
  const told = branches.flatMap(({ usage }) => usage ?? []);
  const costs = told.flatMap(({ cost }) => cost ?? []);
  return costs.length === 0
    ? null
    : {
        tokens: told.reduce((sum, { completionTokens }) => sum + completionTokens, 0),
        dollars: costs.reduce((sum, cost) => sum + cost, 0),
      };
}
