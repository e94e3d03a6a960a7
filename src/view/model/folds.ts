import type { BatchView, BranchView } from '../../protocol';
import { isStreaming } from './state';

/** Branches that stand behind an identical one: from each to the one that shows it. */
export type Folds = ReadonlyMap<number, number>;

export const NO_FOLDS: Folds = new Map();

/**
 * Folds branches with the same text into the first of them, once nothing is streaming; until then those
 * that were folded stay so, unless they are written anew.
 */
export function foldsOf(before: Folds, batch: BatchView): Folds {
  if (isStreaming(batch)) {
    return stillFolded(before, batch);
  }
  const first = new Map<string, number>();
  const folds = new Map<number, number>();
  for (const branch of batch.branches) {
    const text = canFold(branch) ? textOf(branch) : '';
    const head = first.get(text);
    if (text !== '' && head === undefined) {
      first.set(text, branch.index);
    } else if (text !== '' && head !== undefined) {
      folds.set(branch.index, head);
    }
  }
  return isEqual(before, folds) ? before : folds;
}

/** The branches folded into each branch that has any, in order. */
export function foldedInto(folds: Folds): ReadonlyMap<number, readonly number[]> {
  const byHead = new Map<number, number[]>();
  for (const [index, head] of folds) {
    byHead.set(head, [...(byHead.get(head) ?? []), index]);
  }
  return byHead;
}

function stillFolded(before: Folds, { branches }: BatchView): Folds {
  const ended = new Set(branches.filter(canFold).map(({ index }) => index));
  const kept = [...before].filter(([index, head]) => ended.has(index) && ended.has(head));
  return kept.length === before.size ? before : new Map(kept);
}

function canFold({ status }: BranchView): boolean {
  return status === 'done' || status === 'stopped';
}

function textOf({ tokens }: BranchView): string {
  return tokens.map(({ text }) => text).join('');
}

function isEqual(a: Folds, b: Folds): boolean {
  return a.size === b.size && [...a].every(([index, head]) => b.get(index) === head);
}
