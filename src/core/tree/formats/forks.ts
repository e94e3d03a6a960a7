import type { Loom, LoomNode } from './loom';

/**
 * The same tree with every fork at the end of its parent's text, as most programs know it: a node that
 * something forks from further up is divided there. The first part keeps the id.
 */
export function forkAtEnds({ nodes, current }: Loom): { loom: Loom; divided: number } {
  const forks = new Map<string, Set<number>>();
  for (const { parent, at } of nodes) {
    if (parent !== null) {
      forks.set(parent, (forks.get(parent) ?? new Set()).add(at));
    }
  }
  const used = new Set(nodes.map(({ id }) => id));
  /** Of each node, the offsets at which its parts end, and their ids. */
  const parts = new Map<string, { end: number; id: string }[]>();
  const out: LoomNode[] = [];
  for (const node of nodes) {
    const ends = [...(forks.get(node.id) ?? [])].filter((at) => at < node.text.length);
    ends.sort((a, b) => a - b).push(node.text.length);
    const parent = parts.get(node.parent ?? '')?.findLast(({ end }) => end === node.at);
    out.push(...divide(node, ends, parent?.id ?? node.parent, used, parts));
  }
  const atEnds = withEnds(out);
  return {
    loom: {
      nodes: atEnds,
      ...(current === undefined ? {} : { current: lastPart(parts, current) }),
    },
    divided: out.length - nodes.length,
  };
}

function divide(
  node: LoomNode,
  ends: readonly number[],
  parent: string | null,
  used: Set<string>,
  parts: Map<string, { end: number; id: string }[]>,
): LoomNode[] {
  const { run, ...rest } = node;
  const made: { end: number; id: string }[] = [];
  const out = ends.map((end, i): LoomNode => {
    const id = i === 0 ? node.id : freeId(node.id, i, used);
    const start = ends[i - 1] ?? 0;
    const from = i === 0 ? parent : (made[i - 1]?.id ?? null);
    made.push({ end, id });
    const whole = ends.length === 1 && run !== undefined ? { run } : {};
    return { ...rest, ...whole, id, parent: from, at: 0, text: node.text.slice(start, end) };
  });
  parts.set(node.id, made);
  return out;
}

function freeId(id: string, part: number, used: Set<string>): string {
  let free = `${id}-${part + 1}`;
  while (used.has(free)) {
    free += '-';
  }
  used.add(free);
  return free;
}

function lastPart(parts: ReadonlyMap<string, { id: string }[]>, id: string): string {
  return parts.get(id)?.at(-1)?.id ?? id;
}

/** The same nodes, each forking at the end of its parent's text. */
export function withEnds(nodes: readonly LoomNode[]): LoomNode[] {
  const lengths = new Map(nodes.map(({ id, text }) => [id, text.length]));
  return nodes.map((node) => ({ ...node, at: lengths.get(node.parent ?? '') ?? 0 }));
}

/** Without a root that has no text and only holds the others together. */
export function withoutEmptyRoot(nodes: readonly LoomNode[]): readonly LoomNode[] {
  const roots = nodes.filter(({ parent }) => parent === null);
  const [root] = roots;
  if (roots.length !== 1 || root?.text !== '' || nodes.length === 1) {
    return nodes;
  }
  return nodes.flatMap((node) =>
    node === root ? [] : [node.parent === root.id ? { ...node, parent: null, at: 0 } : node],
  );
}
