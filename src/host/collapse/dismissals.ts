import type { Flag } from '../../core/collapse/flag';
import type { NodeId } from '../../core/tree/node';
import type { DocumentSession } from '../documentSession';

/** The mark on a node that names what the writer has put up with, parted by spaces. */
const MARK = 'dismissed';

/** Names a finding in a branch; offsets are those of the branch's own text, so it holds wherever that stands. */
export function keyOf({ code, start, end }: Flag): string {
  return `${code}@${start}-${end}`;
}

/** What was dismissed in a branch. It is kept with the tree, and so outlives the window. */
export function dismissed({ journal }: DocumentSession, node: NodeId): ReadonlySet<string> {
  return new Set((journal.tree.marks(node).get(MARK) ?? '').split(' '));
}

/** Dismisses findings in a branch, besides those that were before. */
export async function dismiss(
  session: DocumentSession,
  node: NodeId,
  keys: readonly string[],
): Promise<void> {
  const before = dismissed(session, node);
  const added = keys.filter((key) => !before.has(key));
  if (added.length > 0) {
    const all = [...before, ...added].filter((key) => key !== '');
    await session.journal.recordMark(node, MARK, all.join(' '));
  }
}
