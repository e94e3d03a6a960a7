import { MARKS } from './marks';
import type { NodeId, TreeNode } from './node';
import { parseRecast, recastPlace, type RecastPart } from './recast';
import type { Tree } from './tree';

export interface OutlineOptions {
  /** Shows what was pruned, too. */
  showPruned?: boolean;
}

/** A place in a node's text. */
export interface NodePlace {
  node: NodeId;
  at: number;
}

/** Steps up at most so often through nodes that were recast again and again; more is damage. */
const MOST_RECASTS = 100;

/**
 * The tree as people see it: pruned nodes are left out, nodes that were split or merged stand as what
 * they became, and children stand in the order of the text. Nothing is computed before it is asked for.
 * Of a tree that has changed, make a new one.
 */
export class Outline {
  readonly #tree: Tree;
  readonly #showPruned: boolean;
  readonly #recast = new Map<NodeId, readonly RecastPart[]>();
  readonly #madeOf = new Map<NodeId, NodeId[]>();

  constructor(tree: Tree, { showPruned = false }: OutlineOptions = {}) {
    this.#tree = tree;
    this.#showPruned = showPruned;
    for (const { node, mark, value } of tree.marked(MARKS.recast)) {
      const parts = mark === MARKS.recast ? parseRecast(value) : [];
      // Parts that were lost, or never came, take nothing away.
      if (parts.length > 0 && parts.every((part) => tree.node(part.node) !== undefined)) {
        this.#recast.set(node, parts);
        new Set(parts.map((part) => part.node)).forEach((made) => {
          this.#madeOf.set(made, [...(this.#madeOf.get(made) ?? []), node]);
        });
      }
    }
  }

  /** Whether a node stands in the outline, if what it hangs from does. */
  isShown({ id }: Pick<TreeNode, 'id'>): boolean {
    return !this.#recast.has(id) && (this.#showPruned || !this.#tree.isPruned(id));
  }

  roots(): readonly Readonly<TreeNode>[] {
    return this.#tree.roots().filter((node) => this.isShown(node));
  }

  /** The nodes that fork from a node, in the order of its text, then by time. */
  children(id: NodeId): readonly Readonly<TreeNode>[] {
    const made = this.#madeOf.get(id) ?? [];
    const adopted = made.flatMap((old) =>
      this.#tree.children(old).filter((child) => this.forkOf(child)?.node === id),
    );
    const all = [...this.#tree.children(id), ...adopted].filter((node) => this.isShown(node));
    return all.sort(
      (a, b) => this.#at(a) - this.#at(b) || a.created - b.created || a.index - b.index,
    );
  }

  /** Whether anything forks from a node; cheaper than `children`. */
  hasChildren(id: NodeId): boolean {
    return (
      this.#tree.children(id).some((node) => this.isShown(node)) ||
      (this.#madeOf.has(id) && this.children(id).length > 0)
    );
  }

  /** The node that a node forks from, and where; undefined for a root. */
  forkOf({ parent, at }: Pick<TreeNode, 'parent' | 'at'>): NodePlace | undefined {
    return parent === null || this.#tree.node(parent) === undefined
      ? undefined
      : this.shownPlace({ node: parent, at });
  }

  parent(id: NodeId): Readonly<TreeNode> | undefined {
    const node = this.#tree.node(id);
    const fork = node && this.forkOf(node);
    return fork && this.#tree.node(fork.node);
  }

  /** From the parent up; stops where a damaged journal runs in a circle. */
  ancestors(id: NodeId): readonly Readonly<TreeNode>[] {
    const passed = new Set([id]);
    const chain: Readonly<TreeNode>[] = [];
    for (let up = this.parent(id); up && !passed.has(up.id); up = this.parent(up.id)) {
      passed.add(up.id);
      chain.push(up);
    }
    return chain;
  }

  /** Where a place of any node is in the outline: in another node, when its own was recast. */
  shownPlace(place: NodePlace): NodePlace {
    let shown = place;
    for (let i = 0; i < MOST_RECASTS; i++) {
      const parts = this.#recast.get(shown.node);
      const next = parts && recastPlace(parts, shown.at);
      if (next === undefined) {
        break;
      }
      shown = next;
    }
    return shown;
  }

  /** The node `step` away among those that fork from the same node; undefined at the ends. */
  sibling(id: NodeId, step: -1 | 1): Readonly<TreeNode> | undefined {
    const parent = this.parent(id);
    const siblings = parent ? this.children(parent.id) : this.roots();
    const at = siblings.findIndex((node) => node.id === id);
    return at === -1 ? undefined : siblings[at + step];
  }

  #at(node: TreeNode): number {
    return this.forkOf(node)?.at ?? node.at;
  }
}
