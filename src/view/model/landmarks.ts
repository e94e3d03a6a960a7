import { isFork, isUncertain, type LandmarkKind } from '../../core/model/landmarks';
import type { BranchView } from '../../protocol';

/** The tokens of a branch that are places of a kind, by their numbers, ascending. */
export function landmarksIn(branch: BranchView, kind: LandmarkKind): number[] {
  const { tokens, flags = [] } = branch;
  if (kind === 'stuck') {
    const runs = flags.filter(({ code }) => code === 'stuck-run');
    const starts = new Set(runs.map(({ start }) => tokenAt(branch, start)));
    return [...starts].sort((a, b) => a - b);
  }
  const isPlace = kind === 'fork' ? isFork : isUncertain;
  return tokens.flatMap((token, index) => (token.text !== '' && isPlace(token) ? index : []));
}

/** The number of the token that holds an offset of a branch's text; the last one beyond its end. */
export function tokenAt({ tokens }: BranchView, at: number): number {
  let end = 0;
  const index = tokens.findIndex(({ text }) => (end += text.length) > at);
  return index === -1 ? Math.max(0, tokens.length - 1) : index;
}
