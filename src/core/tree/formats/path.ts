import type { Loom, LoomNode } from './loom';

/** One way through a tree, with the text that each node adds to it. */
export interface Path {
  steps: readonly { node: LoomNode; text: string }[];
  /** Nodes beside it. */
  beside: number;
}

/** The way to the current node and on along first children; from the first root when none is current. */
export function currentPath({ nodes, current }: Loom): Path {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const firstChild = new Map<string | null, LoomNode>();
  for (const node of nodes) {
    if (!firstChild.has(node.parent)) {
      firstChild.set(node.parent, node);
    }
  }
  const way: LoomNode[] = [];
  for (let node = byId.get(current ?? ''); node !== undefined; node = byId.get(node.parent ?? '')) {
    way.push(node);
  }
  way.reverse();
  for (let id = way.at(-1)?.id ?? null; ;) {
    const next = firstChild.get(id);
    if (next === undefined) {
      break;
    }
    way.push(next);
    id = next.id;
  }
  // A node is read up to where the next one forks from it.
  const steps = way.map((node, i) => ({ node, text: node.text.slice(0, way[i + 1]?.at) }));
  return { steps, beside: nodes.length - way.length };
}
