import { damaged, LIMITS, type Loom, type LoomNode } from './loom';

/**
 * A loom of nodes in any order: parents before children, siblings in the order given.
 * @throws VariorumError `bad-request` for two nodes of one id, a parent that is not there, nodes in a
 * circle, a fork outside its parent's text, and what is too large
 */
export function orderLoom(nodes: readonly LoomNode[], current?: string): Loom {
  checkSize(nodes);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size < nodes.length) {
    throw damaged('two nodes have the same id');
  }
  const children = new Map<string | null, LoomNode[]>();
  for (const node of nodes) {
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    if (node.parent !== null && parent === undefined) {
      throw damaged(`the node ${brief(node.id)} hangs from one that is not there`);
    }
    if (!Number.isSafeInteger(node.at) || node.at < 0 || node.at > (parent?.text.length ?? 0)) {
      throw damaged(`the node ${brief(node.id)} forks outside the text of its parent`);
    }
    const siblings = children.get(node.parent);
    if (siblings === undefined) {
      children.set(node.parent, [node]);
    } else {
      siblings.push(node);
    }
  }
  const ordered = levels(children);
  if (ordered.length < nodes.length) {
    throw damaged('some of its nodes are each other’s parents, in a circle');
  }
  return { nodes: ordered, ...(current !== undefined && byId.has(current) ? { current } : {}) };
}

function levels(children: ReadonlyMap<string | null, LoomNode[]>): LoomNode[] {
  const ordered: LoomNode[] = [];
  let level = children.get(null) ?? [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > LIMITS.depth) {
      throw damaged(`it is more than ${LIMITS.depth} levels deep`);
    }
    level.forEach((node) => ordered.push(node));
    level = level.flatMap(({ id }) => children.get(id) ?? []);
  }
  return ordered;
}

function checkSize(nodes: readonly LoomNode[]): void {
  if (nodes.length === 0) {
    throw damaged('there is no text in it');
  }
  if (nodes.length > LIMITS.nodes) {
    throw damaged(`it has more than ${LIMITS.nodes} nodes`);
  }
  if (nodes.reduce((sum, { text }) => sum + text.length, 0) > LIMITS.text) {
    throw damaged('it has too much text');
  }
}

/** An id as it may stand in a message. */
export function brief(id: string): string {
  return JSON.stringify(id.length > 40 ? `${id.slice(0, 39)}…` : id);
}
