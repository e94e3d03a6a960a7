import type { Run } from '../../model/token';
import { MARKS } from '../marks';
import type { NodeId, Provenance, TreeNode } from '../node';
import type { Tree } from '../tree';
import { lossesOf, type Loom, type LoomNode, type LoomSource, type Loss } from './loom';

/** A tree as it is handed to other programs. Nodes still streaming go as far as they are. */
export function loomOf(
  tree: Tree,
  runs: ReadonlyMap<NodeId, Run>,
  current?: NodeId,
): { loom: Loom; losses: readonly Loss[] } {
  const nodes: LoomNode[] = [];
  const taken = new Set<NodeId>();
  let hidden = 0;
  let level = tree.roots();
  // A damaged journal may run in circles.
  while (level.length > 0) {
    const next: Readonly<TreeNode>[] = [];
    for (const node of level.filter(({ id }) => !taken.has(id))) {
      taken.add(node.id);
      nodes.push(loomNode(tree, node, taken, runs.get(node.id)));
      hidden += tree.isPruned(node.id) ? 1 : 0;
      tree.children(node.id).forEach((child) => next.push(child));
    }
    level = next;
  }
  const loom = { nodes, ...(current !== undefined && taken.has(current) ? { current } : {}) };
  return { loom, losses: lossesOf({ hidden }) };
}

function loomNode(
  tree: Tree,
  { id, parent, at, text, source, created }: Readonly<TreeNode>,
  taken: ReadonlySet<NodeId>,
  run: Run | undefined,
): LoomNode {
  const marks = tree.marks(id);
  const name = marks.get(MARKS.name);
  const above = parent !== null && taken.has(parent) ? tree.node(parent) : undefined;
  return {
    id,
    parent: above?.id ?? null,
    at: above === undefined ? 0 : Math.min(at, above.text.length),
    text,
    source: loomSource(source),
    created,
    ...(marks.has(MARKS.bookmark) ? { bookmarked: true } : {}),
    ...(name === undefined ? {} : { name }),
    ...(run === undefined ? {} : { run }),
  };
}

function loomSource(source: Provenance): LoomSource {
  return source.kind === 'model' ? { kind: 'model', model: source.model } : { kind: source.kind };
}
