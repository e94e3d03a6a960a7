import type { Run } from '../../model/token';
import { MARKS } from '../marks';
import type { NodeId, Provenance, TreeNode } from '../node';
import type { Tree } from '../tree';
import { Outline, type NodePlace } from '../outline';
import {
  lossesOf,
  type Loom,
  type LoomNode,
  type LoomOrigin,
  type LoomSource,
  type Loss,
} from './loom';

/**
 * A tree as it is handed to other programs: as it is shown, what was split or merged as what it became.
 * Nodes still streaming go as far as they are.
 */
export function loomOf(
  tree: Tree,
  runs: ReadonlyMap<NodeId, Run>,
  current?: NodeId,
): { loom: Loom; losses: readonly Loss[] } {
  const nodes: LoomNode[] = [];
  const taken = new Set<NodeId>();
  let hidden = 0;
  const outline = new Outline(tree, { showPruned: true });
  let level = outline.roots();
  // A damaged journal may run in circles.
  while (level.length > 0) {
    const next: Readonly<TreeNode>[] = [];
    for (const node of level.filter(({ id }) => !taken.has(id))) {
      taken.add(node.id);
      const fork = outline.forkOf(node);
      nodes.push(loomNode(tree, node, fork && taken.has(fork.node) ? fork : undefined, runs));
      hidden += tree.isPruned(node.id) ? 1 : 0;
      outline.children(node.id).forEach((child) => next.push(child));
    }
    level = next;
  }
  const shown = current === undefined ? undefined : placeShown(tree, outline, current);
  const loom = { nodes, ...(shown !== undefined && taken.has(shown) ? { current: shown } : {}) };
  return { loom, losses: lossesOf({ hidden }) };
}

function loomNode(
  tree: Tree,
  node: Readonly<TreeNode>,
  fork: NodePlace | undefined,
  runs: ReadonlyMap<NodeId, Run>,
): LoomNode {
  const { id, text, source, created } = node;
  const marks = tree.marks(id);
  const [name, note, run] = [marks.get(MARKS.name), marks.get(MARKS.note), runs.get(id)];
  const above = fork && tree.node(fork.node);
  return {
    id,
    parent: above?.id ?? null,
    at: Math.min(fork?.at ?? 0, above?.text.length ?? 0),
    text,
    source: loomSource(source),
    created,
    ...(marks.has(MARKS.bookmark) ? { bookmarked: true } : {}),
    ...(name === undefined ? {} : { name }),
    ...(note === undefined ? {} : { note }),
    ...(run === undefined ? {} : { run }),
    ...(source.kind === 'model' ? { made: originOf(tree, node, source) } : {}),
  };
}

/** The last part of a node in the outline, when others show its text. */
function placeShown(tree: Tree, outline: Outline, id: NodeId): NodeId {
  return outline.shownPlace({ node: id, at: tree.node(id)?.text.length ?? 0 }).node;
}

function originOf(
  tree: Tree,
  node: Readonly<TreeNode>,
  { strategy, prompt }: Extract<Provenance, { kind: 'model' }>,
): LoomOrigin {
  const { status, finish, error, seconds, usage } = node;
  const asked = tree.askedOf(node);
  return {
    strategy,
    prompt,
    status: status === 'streaming' ? 'stopped' : status,
    ...(finish ? { finish } : {}),
    ...(error ? { error } : {}),
    ...(seconds === undefined ? {} : { seconds }),
    ...(usage ? { usage } : {}),
    ...(asked ? { asked } : {}),
  };
}

function loomSource(source: Provenance): LoomSource {
  return source.kind === 'model' ? { kind: 'model', model: source.model } : { kind: source.kind };
}
