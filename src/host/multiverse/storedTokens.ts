import { StoredTokens } from '../../core/multiverse/stored';
import type { Token } from '../../core/model/token';
import type { NodeId, TreeNode } from '../../core/tree/node';
import type { Tree } from '../../core/tree/tree';

/** A place in a tree: in the text of a node, or before all of them. */
export interface ForkPlace {
  parent: NodeId | null;
  at: number;
}

/** Nodes that are looked at, at most. */
const MOST_NODES = 2_000;

/** The nodes that models wrote from a place on, each before those that fork from it. */
export function nodesFrom(tree: Tree, { parent, at }: ForkPlace): Readonly<TreeNode>[] {
  const own = parent === null ? undefined : tree.node(parent);
  const isModels = own?.source.kind === 'model';
  const found = [
    ...(own && isModels && at < own.text.length ? [own] : []),
    ...tree.children(parent).filter((child) => (isModels ? child.at >= at : child.at === at)),
  ].filter((node) => isShown(tree, node));
  const seen = new Set(found.map(({ id }) => id));
  for (let i = 0; i < found.length && found.length < MOST_NODES; i++) {
    const node = found[i];
    for (const child of node && node !== own ? tree.children(node.id) : []) {
      if (isShown(tree, child) && !seen.has(child.id)) {
        seen.add(child.id);
        found.push(child);
      }
    }
  }
  return found;
}

/**
 * What the tokens of a tree tell of what follows a place, by model.
 * @param spaceIsThere whether the text before it ends with a space that models were not sent
 * @param first a node that is believed where others tell otherwise
 */
export function storedFrom(
  tree: Tree,
  place: ForkPlace,
  tokensOf: (id: NodeId) => readonly Token[] | undefined,
  spaceIsThere: boolean,
  first?: NodeId,
): Map<string, StoredTokens> {
  const byModel = new Map<string, StoredTokens>();
  /** By node: the path of tokens from the place to its beginning. */
  const paths = new Map<NodeId, readonly string[]>();
  const nodes = nodesFrom(tree, place);
  const own = nodes.filter(({ id }) => id === first);
  for (const node of [...own, ...nodes.filter(({ id }) => id !== first)]) {
    const from = node.id === place.parent ? place.at : 0;
    const path = node.id === place.parent ? [] : pathTo(node, place, tree, tokensOf, paths);
    const tokens = tokensOf(node.id)?.filter(({ start }) => start >= from);
    if (path === undefined || tokens === undefined || node.source.kind !== 'model') {
      continue;
    }
    paths.set(node.id, path);
    const { model } = node.source;
    const stored = byModel.get(model) ?? new StoredTokens(spaceIsThere);
    byModel.set(model, stored);
    stored.add(path, tokens, node.text);
  }
  return byModel;
}

/** Undefined where the node forks inside a token, or follows text that has none. */
function pathTo(
  node: Readonly<TreeNode>,
  place: ForkPlace,
  tree: Tree,
  tokensOf: (id: NodeId) => readonly Token[] | undefined,
  paths: ReadonlyMap<NodeId, readonly string[]>,
): readonly string[] | undefined {
  if (node.parent === place.parent && node.at === place.at) {
    return [];
  }
  const parent = node.parent === null ? undefined : tree.node(node.parent);
  const before = parent && (parent.id === place.parent ? [] : paths.get(parent.id));
  const tokens = parent && tokensOf(parent.id);
  if (!parent || before === undefined || tokens === undefined) {
    return undefined;
  }
  const from = parent.id === place.parent ? place.at : 0;
  const passed = tokens.filter(({ start, end }) => start >= from && end <= node.at);
  return passed.at(-1)?.end === node.at || node.at === from
    ? [...before, ...passed.map(({ start, end }) => parent.text.slice(start, end))]
    : undefined;
}

function isShown(tree: Tree, { id, source }: Readonly<TreeNode>): boolean {
  return source.kind === 'model' && !tree.isPruned(id);
}
