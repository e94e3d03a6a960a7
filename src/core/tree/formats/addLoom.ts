import type { DocumentJournal, NodeDraft } from '../documentJournal';
import { MARKS } from '../marks';
import type { NodeId } from '../node';
import type { Loom, LoomNode, LoomOrigin, LoomSource } from './loom';

/** What brought imported nodes here, in place of a way of asking. */
const IMPORTED = 'import';
/** Nodes that are written down before more are begun. */
const AT_ONCE = 1000;

/**
 * Adds a loom's nodes under a document's tree; what is there already stays as it is. Siblings become a
 * batch.
 * @param where what the roots fork from
 * @returns the nodes' ids in the tree, by their ids in the loom
 * @throws VariorumError `storage` when it could not be written down; it stays queued then
 */
export async function addLoom(
  journal: DocumentJournal,
  { nodes }: Loom,
  where: Pick<NodeDraft, 'parent' | 'at'>,
): Promise<ReadonlyMap<string, NodeId>> {
  const ids = new Map<string, NodeId>();
  let written: Promise<void>[] = [];
  for (const siblings of families(nodes)) {
    const drafts = siblings.map(({ parent, at, source, made }): NodeDraft => ({
      ...(parent === null ? where : { parent: ids.get(parent) ?? where.parent, at }),
      source: provenance(source, made),
      ...(made?.asked ? { asked: made.asked } : {}),
    }));
    const made = journal.recordBatch(drafts);
    siblings.forEach((node, i) => {
      const id = made[i]?.id;
      if (id !== undefined) {
        ids.set(node.id, id);
        written.push(addNode(journal, id, node));
      }
    });
    if (written.length >= AT_ONCE) {
      await Promise.all(written);
      written = [];
    }
  }
  await Promise.all(written);
  return ids;
}

async function addNode(journal: DocumentJournal, id: NodeId, node: LoomNode): Promise<void> {
  const { text, run, bookmarked, name, note } = node;
  const { status = 'done', finish, error, seconds, usage } = node.made ?? {};
  journal.recordText(id, text);
  const ending = {
    status,
    ...(finish ? { finish } : {}),
    ...(error ? { error } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(usage ? { usage } : {}),
    ...(run ? { tokens: run } : {}),
  };
  const written = [journal.recordEnd(id, ending)];
  if (bookmarked === true) {
    written.push(journal.recordMark(id, MARKS.bookmark, ''));
  }
  if (name !== undefined) {
    written.push(journal.recordMark(id, MARKS.name, name));
  }
  if (note !== undefined) {
    written.push(journal.recordMark(id, MARKS.note, note));
  }
  await Promise.all(written);
}

/** Nodes of one parent together, parents before their children. */
function families(nodes: readonly LoomNode[]): LoomNode[][] {
  const found = new Map<string | null, LoomNode[]>();
  for (const node of nodes) {
    const siblings = found.get(node.parent);
    if (siblings === undefined) {
      found.set(node.parent, [node]);
    } else {
      siblings.push(node);
    }
  }
  return [...found.values()];
}

function provenance(source: LoomSource, made: LoomOrigin | undefined): NodeDraft['source'] {
  const { strategy = IMPORTED, prompt = '' } = made ?? {};
  return source.kind === 'model'
    ? { kind: 'model', model: source.model, strategy, prompt }
    : { kind: source.kind };
}
