import type { Span } from '../text/span';
import type { NodeId, TreeNode } from './node';
import { isOwn, laid, lengthOf, withChanges, type PieceChange, type Pieces } from './version';

type Part = Pick<TreeNode, 'id' | 'parent' | 'at' | 'text' | 'source'>;

export interface CheckoutSource {
  nodeOf: (id: NodeId) => Readonly<Part> | undefined;
  /** Of an edit that took the place of text: where in its parent's text that went on. */
  rejoinOf: (id: NodeId) => number | undefined;
}

/**
 * The document with the path to a node in it. Only the stretch where paths differ is replaced: from the
 * last place that the document shares with the path, over whatever forked there. The writer's own text
 * behind the fork stays; what a model wrote behind it gives way, and so do the branches on it.
 * @returns undefined when there is no such node
 */
export function planCheckout(
  shown: Pieces,
  target: NodeId,
  source: CheckoutSource,
): Pieces | undefined {
  const path = pathTo(target, source);
  if (path.length === 0) {
    return undefined;
  }
  const fork = lastShared(shown, path) ?? { ...rootSpan(shown, path, source), from: 0 };
  const change: PieceChange = { ...fork, pieces: pathPieces(path.slice(fork.from), source) };
  if (fork.parent !== undefined) {
    change.end = endOfAlternatives(shown, fork.start, fork.parent, path[fork.from], source);
  }
  return withChanges(shown, [change]);
}

/** The text of the path to a node: each node's up to where the next one forks. */
export function pathText(target: NodeId, source: Pick<CheckoutSource, 'nodeOf'>): string {
  const path = pathTo(target, source);
  return path.map((node, i) => node.text.slice(0, path[i + 1]?.at)).join('');
}

/** From the root down to the node. */
function pathTo(target: NodeId, { nodeOf }: Pick<CheckoutSource, 'nodeOf'>): Readonly<Part>[] {
  const path: Readonly<Part>[] = [];
  const passed = new Set<NodeId>();
  for (let id: NodeId | null = target; id !== null && !passed.has(id);) {
    passed.add(id);
    const node = nodeOf(id);
    if (node === undefined) {
      break;
    }
    path.push(node);
    id = node.parent;
  }
  return path.reverse();
}

interface Fork extends Span {
  /** Index in the path of the first node that is to be put in. */
  from: number;
  /** The shown node that it forks from. */
  parent?: Readonly<Part>;
}

/** The deepest place of the path that the document shows. */
function lastShared(shown: Pieces, path: readonly Readonly<Part>[]): Fork | undefined {
  for (let i = path.length - 1; i > 0; i--) {
    const [parent, child] = [path[i - 1], path[i]];
    if (parent === undefined || child === undefined) {
      continue;
    }
    const piece = shown.find(({ node, from, start, end }) => {
      const to = from + end - start;
      return (
        node === parent.id && (child.at === 0 ? from === 0 : from < child.at && child.at <= to)
      );
    });
    if (piece !== undefined) {
      const start = piece.start + child.at - piece.from;
      return { start, end: start, from: i, parent };
    }
  }
  return undefined;
}

/** Where a path goes that shares nothing with the document: in place of the roots at the same place. */
function rootSpan(shown: Pieces, [root]: readonly Readonly<Part>[], source: CheckoutSource): Span {
  const length = lengthOf(shown);
  if (root === undefined || isOwn(root)) {
    return { start: 0, end: length };
  }
  const isRival = (id: NodeId) => {
    const [top] = pathTo(id, source);
    return top !== undefined && !isOwn(top) && top.at === root.at;
  };
  const first = shown.findIndex(({ node }) => isRival(node));
  if (first === -1) {
    const at = Math.min(root.at, length);
    return { start: at, end: at };
  }
  const behind = shown.findIndex(({ node }, i) => i > first && !isRival(node));
  return { start: shown[first]?.start ?? 0, end: shown[behind]?.start ?? length };
}

/** The nodes of a path, and behind it what their edits had left standing. */
function pathPieces(
  path: readonly Readonly<Part>[],
  { rejoinOf }: Pick<CheckoutSource, 'rejoinOf'>,
): Pieces {
  const heads = path.map(({ id, text }, i) => ({
    node: id,
    from: 0,
    length: Math.min(text.length, path[i + 1]?.at ?? text.length),
  }));
  const tails = path.flatMap(({ id, text }, i) => {
    const next = path[i + 1];
    const from = next && rejoinOf(next.id);
    return from === undefined ? [] : { node: id, from, length: Math.max(0, text.length - from) };
  });
  return laid([...heads, ...tails.reverse()]);
}

/** Where what forks at the same place as `child` ends in the document. */
function endOfAlternatives(
  shown: Pieces,
  start: number,
  parent: Readonly<Part>,
  child: Readonly<Part> | undefined,
  source: CheckoutSource,
): number {
  const at = child?.at ?? 0;
  const rejoin = isOwn(parent) ? ((child && source.rejoinOf(child.id)) ?? at) : Infinity;
  const forkOf = forksFrom(parent.id, source);
  let end = start;
  for (const piece of shown.filter((each) => each.end > start)) {
    const begin = Math.max(piece.start, start);
    const isRest = piece.node === parent.id;
    const from = isRest ? piece.from + begin - piece.start : forkOf(piece.node);
    const isAlternative =
      from !== undefined && from >= at && (from < rejoin || (!isRest && from === at));
    if (!isAlternative) {
      return end;
    }
    end = isRest ? Math.min(piece.end, begin + rejoin - from) : piece.end;
    if (end < piece.end) {
      return end;
    }
  }
  return end;
}

/** Tells where in a node's text the branch of it begins that another node lies on. */
function forksFrom(
  ancestor: NodeId,
  { nodeOf }: Pick<CheckoutSource, 'nodeOf'>,
): (id: NodeId) => number | undefined {
  const known = new Map<NodeId, number | undefined>();
  return (id) => {
    const passed: NodeId[] = [];
    let found: number | undefined;
    for (let next: NodeId | null = id; next !== null;) {
      if (known.has(next) || passed.includes(next)) {
        found = known.get(next);
        break;
      }
      passed.push(next);
      const node = nodeOf(next);
      if (node?.parent === ancestor) {
        found = node.at;
        break;
      }
      next = node?.parent ?? null;
    }
    passed.forEach((each) => known.set(each, found));
    return found;
  };
}
