import { commonPrefix } from '../../attachment/utf16';
import { field, fieldsIn, idIn, isFields, parentIn, type Fields } from './fields';
import { forkAtEnds, withoutEmptyRoot } from './forks';
import {
  countLosses,
  damaged,
  lossesOf,
  type LoomFormat,
  type LoomNode,
  type LoomSource,
} from './loom';
import { brief, orderLoom } from './order';
import { applyPatch, appending } from './patch';

/** Of all whole texts together, UTF-16 code units: each node's is made from its parent's. */
const MOST_TEXT = 512 * 1024 * 1024;

/** Miniloom: nodes are patches to the text of their parent. */
export const miniloom: LoomFormat = {
  id: 'miniloom',
  extension: 'json',
  read: ({ json }) => {
    const tree = isFields(json) ? field(json, 'loomTree') : undefined;
    if (!isFields(json) || !isFields(tree)) {
      return undefined;
    }
    const store = fieldsIn(field(tree, 'nodeStore'), 'the store of nodes');
    const nodes = unpatch(store);
    const focus = field(json, 'focus');
    const current =
      typeof focus === 'string' || typeof focus === 'number' ? String(focus) : undefined;
    const ratings = Object.values(store).filter(
      (node) => isFields(node) && typeof field(node, 'rating') === 'boolean',
    ).length;
    return { loom: orderLoom(withoutEmptyRoot(nodes), current), losses: lossesOf({ ratings }) };
  },
  write: (loom) => {
    const { loom: whole, divided } = forkAtEnds(loom);
    const root = freeRoot(new Set(whole.nodes.map(({ id }) => id)));
    const ends = new Map<string, string>([[root, '']]);
    const lengths = new Map<string, number>([[root, 0]]);
    const children = new Map<string, string[]>();
    const store: [string, object][] = whole.nodes.map((node) => {
      const parent = node.parent ?? root;
      const before = ends.get(parent) ?? '';
      ends.set(node.id, (before + node.text).slice(-32));
      lengths.set(node.id, (lengths.get(parent) ?? 0) + node.text.length);
      const siblings = children.get(parent) ?? [];
      siblings.push(node.id);
      children.set(parent, siblings);
      return [
        node.id,
        nodeOf(node, parent, appending(before, lengths.get(parent) ?? 0, node.text)),
      ];
    });
    const rootNode = { id: root, type: 'root', patch: [], parent: null, timestamp: 0 };
    const nodeStore = Object.fromEntries(
      [[root, rootNode] as [string, object], ...store].map(([id, node]) => [
        id,
        { ...node, children: children.get(id) ?? [] },
      ]),
    ) as unknown;
    const file = { loomTree: { nodeStore }, focus: whole.current ?? root };
    const lost = countLosses(loom, ['tokens', 'requests', 'bookmarks', 'notes']);
    return { text: JSON.stringify(file), losses: lossesOf({ forks: divided, ...lost }) };
  },
};

function nodeOf({ id, source, name, created }: LoomNode, parent: string, patch: unknown): object {
  const types = { human: 'user', model: 'gen', unknown: 'import' } as const;
  return {
    id,
    timestamp: created ?? 0,
    type: types[source.kind],
    patch,
    summary: name ?? '',
    rating: null,
    read: true,
    parent,
    model: source.kind === 'model' ? source.model : null,
    error: null,
    finishReason: null,
  };
}

function freeRoot(used: ReadonlySet<string>): string {
  let id = '0';
  while (used.has(id)) {
    id += '0';
  }
  return id;
}

interface Stored {
  id: string;
  fields: Fields;
  parent: string | null;
}

/** Nodes with the text that each adds, forking where it begins to differ from its parent's. */
function unpatch(store: Fields): LoomNode[] {
  const all = Object.entries(store).map(([key, value]): Stored => {
    const fields = fieldsIn(value, `the node ${brief(key)}`);
    const id = idIn(key, 'a node’s id');
    return { id, fields, parent: parentIn(field(fields, 'parent'), `the parent of ${brief(id)}`) };
  });
  // Which parents there are, and whether they run in a circle, before any text is made.
  const bare = all.map(({ id, parent }) => ({ id, parent, at: 0, text: '', source: UNKNOWN }));
  const order = orderLoom(bare).nodes;
  const byId = new Map(all.map((each) => [each.id, each]));
  const children = childCounts(order);
  const whole = new Map<string, Whole>();
  let made = 0;
  return order.flatMap(({ id, parent }) => {
    const stored = byId.get(id);
    if (stored === undefined) {
      return [];
    }
    const before = whole.get(parent ?? '') ?? EMPTY;
    const text = applyPatch(before.text, field(stored.fields, 'patch'), brief(id));
    made += text.length;
    if (made > MOST_TEXT) {
      throw damaged('its texts are too long for so many nodes');
    }
    const { node, pieces } = placed(stored, text, before);
    if ((children.get(id) ?? 0) > 0) {
      whole.set(id, { text, pieces });
    }
    const left = (children.get(parent ?? '') ?? 1) - 1;
    children.set(parent ?? '', left);
    if (left === 0) {
      whole.delete(parent ?? '');
    }
    return [node];
  });
}

/** The whole text down to a node, and which node shows which part of it. */
interface Whole {
  text: string;
  /** In order: the node, where its own text begins, and where it ends, in the whole text. */
  pieces: Piece | undefined;
}

/** The last piece and those before it. */
interface Piece {
  id: string;
  start: number;
  end: number;
  before: Piece | undefined;
}

const EMPTY: Whole = { text: '', pieces: undefined };
const UNKNOWN: LoomSource = { kind: 'unknown' };

function placed({ id, fields }: Stored, text: string, before: Whole) {
  const shared = text.startsWith(before.text)
    ? before.text.length
    : commonPrefix(before.text, text);
  let piece = before.pieces;
  while (piece !== undefined && piece.start > shared) {
    piece = piece.before;
  }
  const node: LoomNode = {
    id,
    parent: piece?.id ?? null,
    at: piece === undefined ? 0 : shared - piece.start,
    text: text.slice(shared),
    ...detailsOf(fields),
  };
  // What is shared is shown by the pieces before; the one forked from only up to the fork.
  const cut = piece && { ...piece, end: shared };
  const pieces: Piece = { id, start: shared, end: text.length, before: cut };
  return { node, pieces };
}

function detailsOf(fields: Fields): Pick<LoomNode, 'source' | 'name' | 'created'> {
  const [type, model] = [field(fields, 'type'), field(fields, 'model')];
  const [summary, timestamp] = [field(fields, 'summary'), field(fields, 'timestamp')];
  const isGenerated = type === 'gen' || type === 'rewrite';
  const name = typeof model === 'string' && model !== '' ? model : 'unknown';
  const isTimed = typeof timestamp === 'number' && timestamp > 0 && Number.isFinite(timestamp);
  return {
    source: isGenerated
      ? { kind: 'model', model: name }
      : { kind: type === 'user' ? 'human' : 'unknown' },
    ...(typeof summary === 'string' && summary !== '' ? { name: summary } : {}),
    ...(isTimed ? { created: timestamp } : {}),
  };
}

function childCounts(nodes: readonly Pick<LoomNode, 'parent'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { parent } of nodes) {
    counts.set(parent ?? '', (counts.get(parent ?? '') ?? 0) + 1);
  }
  return counts;
}
