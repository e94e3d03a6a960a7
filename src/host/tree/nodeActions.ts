import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { Run } from '../../core/model/token';
import { MARKS } from '../../core/tree/marks';
import type { Asked, NodeId, TreeNode } from '../../core/tree/node';
import type { NodePlace, Outline } from '../../core/tree/outline';
import { planMerge, planSplit, toRecastMark, type PlannedNode } from '../../core/tree/recast';
import { joinTokens, sliceTokens } from '../../core/tree/recastTokens';
import type { DocumentSession } from '../documentSession';
import { titleOf } from './nodeItem';

/** Bookmarks nodes, or takes the bookmarks off when all have one. */
export async function bookmarkNodes(
  session: DocumentSession,
  nodes: readonly NodeId[],
): Promise<void> {
  const { tree } = session.journal;
  const isOn = nodes.every((id) => tree.marks(id).has(MARKS.bookmark));
  const value = isOn ? null : new Date().toISOString();
  await marked(session, nodes, MARKS.bookmark, value);
}

/** Asks for a note on a node. */
export async function noteNode(session: DocumentSession, id: NodeId): Promise<void> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Note on “{0}”', nameOf(session, id)),
    prompt: vscode.l10n.t('Empty takes the note off.'),
    value: session.journal.tree.marks(id).get(MARKS.note) ?? '',
  });
  if (value !== undefined) {
    await marked(session, [id], MARKS.note, value.trim() || null);
  }
}

/** Asks for a name for a node, in place of its first words. */
export async function renameNode(session: DocumentSession, id: NodeId): Promise<void> {
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name for “{0}”', nameOf(session, id)),
    prompt: vscode.l10n.t('Empty gives it its first words again.'),
    value: session.journal.tree.marks(id).get(MARKS.name) ?? '',
  });
  if (value !== undefined) {
    await marked(session, [id], MARKS.name, value.trim() || null);
  }
}

/** Hides nodes with all that follows from them, or shows them again. */
export async function pruneNodes(
  session: DocumentSession,
  nodes: readonly NodeId[],
  pruned: boolean,
): Promise<void> {
  const done = nodes.map((id) => session.journal.recordPrune(id, pruned));
  session.keeper.changed();
  await kept(session, done);
}

/** Splits the node under the caret there. @throws VariorumError when there is nothing to split */
export async function splitNode(
  session: DocumentSession,
  place: NodePlace | undefined,
  outline: Outline,
): Promise<void> {
  const node = place && session.journal.tree.node(place.node);
  if (!node || node.status === 'streaming' || place.at === 0 || place.at === node.text.length) {
    throw refused(
      vscode.l10n.t('There is nothing to split here.'),
      vscode.l10n.t('Put the cursor inside the text of a node.'),
    );
  }
  const asked = session.journal.tree.askedOf(node);
  const [head, tail] = planSplit({ ...node, ...forkOf(outline, node) }, place.at);
  const tokens = session.tokensOf(node.id);
  const ids = record(session, [
    { ...head, asked, tokens: tokens && sliceTokens(tokens, 0, place.at) },
    { ...tail, asked, tokens: tokens && sliceTokens(tokens, place.at, node.text.length) },
  ]);
  const [first = '', second = ''] = ids;
  const parts = [
    { node: first, from: 0, to: place.at, at: 0 },
    { node: second, from: place.at, to: node.text.length, at: 0 },
  ];
  await recast(session, first, [[node.id, toRecastMark(parts)]]);
}

/**
 * Shows a node and its parent as one. The parent stays too when anything else forks from it.
 * @throws VariorumError for a root
 */
export async function mergeNode(
  session: DocumentSession,
  id: NodeId,
  outline: Outline,
): Promise<void> {
  const child = session.journal.tree.node(id);
  const parent = outline.parent(id);
  if (!child || !parent || child.status === 'streaming' || parent.status === 'streaming') {
    throw refused(
      vscode.l10n.t('This node has no parent to merge with.'),
      vscode.l10n.t('Choose one that forks from another and has ended.'),
    );
  }
  const fork = forkOf(outline, child);
  const merged = planMerge({ ...parent, ...forkOf(outline, parent) }, { ...child, ...fork });
  const [before, after] = [session.tokensOf(parent.id), session.tokensOf(child.id)];
  const tokens = before && after && joinTokens(sliceTokens(before, 0, fork.at), fork.at, after);
  const [made = ''] = record(session, [{ ...merged, tokens }]);
  const isAlone = outline.children(parent.id).length === 1 && fork.at === parent.text.length;
  const ofChild = [{ node: made, from: 0, to: child.text.length, at: fork.at }];
  const ofParent = [{ node: made, from: 0, to: fork.at, at: 0 }];
  await recast(session, made, [
    [id, toRecastMark(ofChild)],
    ...(isAlone ? [[parent.id, toRecastMark(ofParent)] as const] : []),
  ]);
}

type Derived = PlannedNode & {
  asked?: Asked | undefined;
  tokens: Run['tokens'] | undefined;
};

/** Records nodes made of others; each after the first forks from the one before it. */
function record(session: DocumentSession, nodes: readonly Derived[]): NodeId[] {
  const { journal } = session;
  const made: Readonly<TreeNode>[] = [];
  for (const { text, tokens, asked, ...planned } of nodes) {
    const before = made.at(-1);
    const source = { ...planned, ...(asked ? { asked } : {}) };
    const draft = before ? { ...source, parent: before.id } : source;
    const node = before
      ? journal.recordBranch(before.batch, draft)
      : journal.recordBatch([draft])[0];
    if (node) {
      journal.recordText(node.id, text);
      const run: Run | undefined = tokens && { semantics: 'unknown', bytes: 'none', tokens };
      const ending = { status: 'done', ...(run ? { tokens: run } : {}) } as const;
      journal.recordEnd(node.id, ending).catch(session.storageFailed);
      made.push(node);
    }
  }
  return made.map(({ id }) => id);
}

async function recast(
  session: DocumentSession,
  made: NodeId,
  marks: readonly (readonly [NodeId, string])[],
): Promise<void> {
  const { journal } = session;
  const done = [journal.recordMark(made, MARKS.derived, marks[0]?.[0] ?? null)];
  for (const [node, value] of marks) {
    done.push(journal.recordMark(node, MARKS.recast, value));
  }
  session.keeper.changed();
  await kept(session, done);
}

function forkOf(outline: Outline, node: Readonly<TreeNode>): { parent: NodeId | null; at: number } {
  const fork = outline.forkOf(node);
  return fork ? { parent: fork.node, at: fork.at } : { parent: node.parent, at: node.at };
}

async function marked(
  session: DocumentSession,
  nodes: readonly NodeId[],
  mark: string,
  value: string | null,
): Promise<void> {
  const done = nodes.map((id) => session.journal.recordMark(id, mark, value));
  session.keeper.changed();
  await kept(session, done);
}

/** What could not be written is queued, and said once. */
async function kept(session: DocumentSession, done: readonly Promise<void>[]): Promise<void> {
  await Promise.all(done).catch(session.storageFailed);
}

function nameOf({ journal: { tree } }: DocumentSession, id: NodeId): string {
  const node = tree.node(id);
  return node ? titleOf(tree, node) : '';
}

function refused(message: string, action: string): VariorumError {
  return new VariorumError({ code: 'bad-request', message, action, retryable: false });
}
