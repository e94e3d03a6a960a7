import type { EventData, EventName, JournalEvent } from './event';
import { compareStamps, type Stamp } from './journalReader';
import type { Attachment, NodeId, TreeNode, WriterId } from './node';
import { SeenEvents } from './seen';
import { SortedList } from './sortedList';
import { endingOf, TreeEntry, type NodeBirth } from './treeEntry';

/** A stretch of a branch that the writer put into the document, as the document was then. */
export type Place = Attachment & Stamp;

interface Latest<T> {
  stamp: Stamp;
  value: T;
}

const NONE: readonly never[] = [];

/**
 * Every branch and human edit of one document, folded from its journal. Any order of the same events
 * gives the same tree, and an event given twice counts once. Nodes handed out are kept up to date;
 * they are not to be changed by others.
 */
export class Tree {
  readonly #live: WriterId | undefined;
  readonly #seen = new SeenEvents();
  readonly #entries = new Map<NodeId, TreeEntry>();
  readonly #children = new Map<NodeId | null, SortedList<TreeNode>>();
  readonly #batches = new Map<string, SortedList<TreeNode>>();
  readonly #places = new SortedList<Place>(compareStamps);
  readonly #marks = new Map<NodeId, Map<string, Latest<string | null>>>();
  readonly #pruned = new Map<NodeId, Latest<boolean>>();
  #size = 0;

  /** @param live the writer whose nodes without an end are still streaming; other writers' were stopped */
  constructor(live?: WriterId) {
    this.#live = live;
  }

  /** Number of nodes. */
  get size(): number {
    return this.#size;
  }

  node(id: NodeId): Readonly<TreeNode> | undefined {
    return this.#entries.get(id)?.node;
  }

  /** All nodes, in no particular order. */
  *nodes(): Generator<Readonly<TreeNode>> {
    for (const { node } of this.#entries.values()) {
      if (node !== undefined) {
        yield node;
      }
    }
  }

  /** The nodes that fork from a node, or from the document for null: by time created, then id. */
  children(parent: NodeId | null): readonly Readonly<TreeNode>[] {
    return this.#children.get(parent)?.items ?? NONE;
  }

  /** Nodes to start from: those without a parent, and those whose parent is not here (yet). */
  roots(): readonly Readonly<TreeNode>[] {
    const orphans = [...this.#children].filter(
      ([parent]) => parent !== null && this.node(parent) === undefined,
    );
    const roots = [...this.children(null), ...orphans.flatMap(([, list]) => list.items)];
    return roots.sort(compareByBirth);
  }

  /** A node's parent, its parent's parent, and so on; stops where a damaged journal runs in a circle. */
  ancestors(id: NodeId): readonly Readonly<TreeNode>[] {
    const chain: TreeNode[] = [];
    const passed = new Set([id]);
    for (let parent = this.node(id)?.parent ?? null; parent !== null && !passed.has(parent);) {
      passed.add(parent);
      const node = this.#entries.get(parent)?.node;
      if (node === undefined) {
        break;
      }
      chain.push(node);
      parent = node.parent;
    }
    return chain;
  }

  /** Batch ids, oldest first: by the time their first node was created, then by name. */
  batches(): readonly string[] {
    return [...this.#batches]
      .map(([id, list]) => ({ id, created: Math.min(...list.items.map((node) => node.created)) }))
      .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }

  /** The nodes of a batch, by the number on their cards, then by id. */
  batch(id: string): readonly Readonly<TreeNode>[] {
    return this.#batches.get(id)?.items ?? NONE;
  }

  /** Everything ever put into the document, oldest first. */
  get places(): readonly Readonly<Place>[] {
    return this.#places.items;
  }

  /** The last thing put into the document, by any writer or by one. */
  latestPlace(writer?: WriterId): Readonly<Place> | undefined {
    return this.places.findLast((place) => writer === undefined || place.writer === writer);
  }

  /** Bookmarks, notes and names on a node, by kind of mark. */
  marks(id: NodeId): ReadonlyMap<string, string> {
    const marks = new Map<string, string>();
    for (const [mark, { value }] of this.#marks.get(id) ?? []) {
      if (value !== null) {
        marks.set(mark, value);
      }
    }
    return marks;
  }

  /** Whether the writer hid this node (not whether it lies under a hidden one). */
  isPruned(id: NodeId): boolean {
    return this.#pruned.get(id)?.value ?? false;
  }

  /** Takes an event in; returns false when it was there already. */
  apply(event: JournalEvent): boolean {
    if (!this.#seen.add(event.writer, event.seq)) {
      return false;
    }
    const { time, writer, seq } = event;
    const stamp = { time, writer, seq };
    switch (event.event) {
      case 'node':
        this.#bear(event.data, stamp);
        this.#applyContent(event.data.id, event.data, stamp);
        break;
      case 'text':
        this.#entry(event.data.node).addText(stamp, event.data.text);
        break;
      case 'end':
        this.#applyContent(event.data.node, event.data, stamp);
        break;
      case 'place': {
        const { node, from, start, end } = event.data;
        this.#places.add({ node, from, start, end, ...stamp });
        break;
      }
      case 'mark':
        keepLatest(this.#marksOf(event.data.node), event.data.mark, stamp, event.data.value);
        break;
      case 'prune':
        keepLatest(this.#pruned, event.data.node, stamp, event.data.pruned);
        break;
    }
    return true;
  }

  /** Shows a node before it is in the journal; its `node` event takes its place later. */
  bear(birth: NodeBirth): Readonly<TreeNode> {
    return this.#bear(birth, undefined);
  }

  /** Shows text at the end of a node before it is in the journal; '' when it has got there. */
  showLive(id: NodeId, text: string): void {
    this.#entry(id).setLive(text);
  }

  #applyContent(id: NodeId, data: EventData['node'] | EventData['end'], stamp: Stamp): void {
    const entry = this.#entry(id);
    if (data.text !== undefined) {
      entry.addText(stamp, data.text);
    }
    const ending = endingOf(data);
    if (ending !== undefined) {
      entry.finish(stamp, ending);
    }
  }

  #bear(birth: NodeBirth, stamp: Stamp | undefined): TreeNode {
    const entry = this.#entry(birth.id);
    const before = entry.node;
    if (before !== undefined) {
      // Two claims to one id: whichever holds, the node may have to move.
      this.#children.get(before.parent)?.remove(before);
      this.#batches.get(before.batch)?.remove(before);
      this.#dropEmpty(before);
    } else {
      this.#size++;
    }
    const node = entry.bear(birth, stamp, this.#live);
    listOf(this.#children, node.parent, compareByBirth).add(node);
    listOf(this.#batches, node.batch, compareByIndex).add(node);
    return node;
  }

  #dropEmpty(node: TreeNode): void {
    if (this.#batches.get(node.batch)?.items.length === 0) {
      this.#batches.delete(node.batch);
    }
    if (this.#children.get(node.parent)?.items.length === 0) {
      this.#children.delete(node.parent);
    }
  }

  #entry(id: NodeId): TreeEntry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = new TreeEntry();
      this.#entries.set(id, entry);
    }
    return entry;
  }

  #marksOf(id: NodeId): Map<string, Latest<string | null>> {
    let marks = this.#marks.get(id);
    if (marks === undefined) {
      marks = new Map();
      this.#marks.set(id, marks);
    }
    return marks;
  }
}

/** Takes one event into a tree and returns the same tree. */
export function applyEvent<E extends EventName>(tree: Tree, event: JournalEvent<E>): Tree {
  tree.apply(event as JournalEvent);
  return tree;
}

/** The tree of a journal. `live`: see `Tree`. */
export function foldEvents(events: Iterable<JournalEvent>, live?: WriterId): Tree {
  const tree = new Tree(live);
  for (const event of events) {
    tree.apply(event);
  }
  return tree;
}

function listOf<K>(
  lists: Map<K, SortedList<TreeNode>>,
  key: K,
  compare: (a: TreeNode, b: TreeNode) => number,
): SortedList<TreeNode> {
  let list = lists.get(key);
  if (list === undefined) {
    list = new SortedList(compare);
    lists.set(key, list);
  }
  return list;
}

function keepLatest<K, T>(map: Map<K, Latest<T>>, key: K, stamp: Stamp, value: T): void {
  const known = map.get(key);
  if (known === undefined || compareStamps(known.stamp, stamp) < 0) {
    map.set(key, { stamp, value });
  }
}

function compareByBirth(a: TreeNode, b: TreeNode): number {
  return a.created - b.created || compareIds(a, b);
}

function compareByIndex(a: TreeNode, b: TreeNode): number {
  return a.index - b.index || compareIds(a, b);
}

function compareIds(a: TreeNode, b: TreeNode): number {
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
