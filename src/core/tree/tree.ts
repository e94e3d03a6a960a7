import type { EventData, EventName, JournalEvent } from './event';
import { compareStamps, type Stamp } from './journalReader';
import { MARKS, VERSION_MARK } from './marks';
import type { Asked, Attachment, NodeId, TreeNode, WriterId } from './node';
import { SeenEvents } from './seen';
import { Repeats } from './repeats';
import { SortedList, SortedLists } from './sortedList';
import {
  TreeEntry,
  type BornEntry,
  type NodeBirth,
  type NodeEnding,
  type SaidBirth,
} from './treeEntry';

/** A stretch of a branch that the writer put into the document, as the document was then. */
export type Place = Attachment & Stamp;

/** A mark on a node, and when it was set. */
export interface Mark {
  node: NodeId;
  mark: string;
  value: string;
  time: number;
}

interface Latest<T> {
  stamp: Stamp;
  value: T;
}

/**
 * Every branch and human edit of one document, folded from its journal. Any order of the same events
 * gives the same tree, and an event given twice counts once. Nodes handed out are kept up to date;
 * they are not to be changed by others.
 */
export class Tree {
  readonly #live: WriterId | undefined;
  readonly #seen = new SeenEvents();
  readonly #entries = new Map<NodeId, TreeEntry>();
  readonly #repeats = new Repeats();
  readonly #children = new SortedLists<NodeId | null, TreeNode>(compareByBirth);
  readonly #batches = new SortedLists<string, TreeNode>(compareByIndex);
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
    return this.#children.items(parent);
  }

  /** Nodes to start from: those without a parent, and those whose parent is not here (yet). */
  roots(): readonly Readonly<TreeNode>[] {
    const orphans = [...this.#children.entries()].filter(
      ([parent]) => parent !== null && this.node(parent) === undefined,
    );
    const roots = [...this.children(null), ...orphans.flatMap(([, nodes]) => nodes)];
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

  /**
   * Ids of the batches that models were asked for to choose from, oldest first: by the time their first node was
   * created, then by name.
   */
  batches(): readonly string[] {
    return [...this.#batches.entries()]
      .filter(([, nodes]) => !this.#isNoChoice(nodes[0]))
      .map(([id, nodes]) => ({ id, created: firstCreated(nodes) }))
      .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }

  /** The nodes of a batch, by the number on their cards, then by id. */
  batch(id: string): readonly Readonly<TreeNode>[] {
    return this.#batches.items(id);
  }

  /** Everything ever put into the document, oldest first. */
  get places(): readonly Readonly<Place>[] {
    return this.#places.items;
  }

  /** The last thing put into the document, by any writer or by one. */
  latestPlace(writer?: WriterId): Readonly<Place> | undefined {
    return this.places.findLast((place) => writer === undefined || place.writer === writer);
  }

  /** What a node was asked with: what it says itself, or the first node of its batch. */
  askedOf({ source, asked, batch }: Readonly<TreeNode>): Asked | undefined {
    return source.kind === 'model' ? (asked ?? this.batch(batch)[0]?.asked) : undefined;
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

  /** All marks that begin so, in no particular order. */
  *marked(prefix: string): Generator<Mark> {
    for (const [node, marks] of this.#marks) {
      for (const [mark, { value, stamp }] of marks) {
        if (value !== null && mark.startsWith(prefix)) {
          yield { node, mark, value, time: stamp.time };
        }
      }
    }
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
    const { time, seq } = event;
    const stamp = { time, writer: this.#repeats.writer(event.writer), seq };
    switch (event.event) {
      case 'node':
        applyContent(this.#bear(event.data, stamp), event.data, stamp);
        break;
      case 'text':
        this.#entry(event.data.node).addText(stamp, event.data.text);
        break;
      case 'end':
        applyContent(this.#entry(event.data.node), event.data, stamp);
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
    return this.#bear(birth, undefined).node;
  }

  /**
   * Shows a node as another window wrote it down while it streamed. Whatever the journal says of it
   * counts before this, in whatever order it comes.
   * @returns whether it is news
   */
  leave({ text = '', ...birth }: EventData['node'], writer: WriterId): boolean {
    const before = this.node(birth.id)?.text;
    this.#bear(birth, { time: Infinity, writer, seq: 0 });
    this.#entry(birth.id).setLeft(text);
    return this.node(birth.id)?.text !== before;
  }

  /** Shows text at the end of a node before it is in the journal; '' when it has got there. */
  showLive(id: NodeId, text: string): void {
    this.#entry(id).setLive(text);
  }

  /** More of that text. */
  growLive(id: NodeId, text: string): void {
    this.#entry(id).growLive(text);
  }

  #bear(birth: SaidBirth, stamp: Stamp | undefined): BornEntry {
    const entry = this.#entry(birth.id);
    const before = entry.node;
    if (before !== undefined) {
      // Two claims to one id: whichever holds, the node may have to move.
      this.#children.remove(before.parent, before);
      this.#batches.remove(before.batch, before);
    } else {
      this.#size++;
    }
    const born = entry.bear(birth, this.#repeats, stamp, this.#live);
    this.#children.add(born.node.parent, born.node);
    this.#batches.add(born.node.batch, born.node);
    return born;
  }

  #entry(id: NodeId): TreeEntry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = new TreeEntry();
      this.#entries.set(id, entry);
    }
    return entry;
  }

  /** Whether a batch that begins with this node is no choice: a checkpoint of the writer's own edits, samples. */
  #isNoChoice(first: TreeNode | undefined): boolean {
    const marks = first && this.#marks.get(first.id);
    if (marks === undefined) {
      return false;
    }
    const isOwn = first?.source.kind !== 'model';
    return (
      marks.has(MARKS.derived) ||
      marks.has(MARKS.samples) ||
      (isOwn && [...marks.keys()].some((mark) => mark.startsWith(VERSION_MARK)))
    );
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

function applyContent(
  entry: TreeEntry,
  data: EventData['node'] | EventData['end'],
  stamp: Stamp,
): void {
  if (data.text !== undefined) {
    entry.addText(stamp, data.text);
  }
  if (data.status !== undefined) {
    entry.finish(stamp, data as NodeEnding);
  }
}

function firstCreated(nodes: readonly TreeNode[]): number {
  return nodes.reduce((first, { created }) => Math.min(first, created), Infinity);
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
