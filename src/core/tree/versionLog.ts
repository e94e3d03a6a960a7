import * as v from 'valibot';
import { CHECKPOINT_REASONS, type CheckpointReason } from './checkpoint';
import { VERSION_MARK } from './marks';
import type { NodeId } from './node';
import type { Tree } from './tree';
import {
  changesBetween,
  laid,
  lengthOf,
  withChanges,
  type PieceChange,
  type Pieces,
} from './version';

/** One state of the document that was written down. */
export interface Checkpoint {
  id: string;
  /** The node that carries it: the first edit of it, or a node that was there already. */
  node: NodeId;
  reason: CheckpointReason;
  /** Milliseconds since the epoch. */
  time: number;
  /** The checkpoint that `changes` are relative to; null for the empty document. */
  after: string | null;
  changes: readonly PieceChange[];
}

/** How many versions in a row hang on each other; then one stands by itself. */
const CHAIN = 64;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const pieceSchema = v.tuple([v.string(), count, v.pipe(count, v.minValue(1))]);
const recordSchema = v.looseObject({
  reason: v.picklist(CHECKPOINT_REASONS),
  after: v.nullable(v.string()),
  changes: v.array(v.tupleWithRest([count, count], pieceSchema)),
});

/** The value of a version's mark. */
export function toMark({
  reason,
  after,
  changes,
}: Omit<Checkpoint, 'id' | 'node' | 'time'>): string {
  const packed = changes.map(({ start, end, pieces }) => [
    start,
    end,
    ...pieces.map((piece) => [piece.node, piece.from, piece.end - piece.start]),
  ]);
  return JSON.stringify({ reason, after, changes: packed });
}

/** The versions of a document that its tree holds. */
export class VersionLog {
  readonly #tree: Tree;
  readonly #read = new Map<string, Checkpoint | undefined>();
  readonly #versions = new Map<string, Pieces>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** All, oldest first; damaged ones are left out. */
  list(): Checkpoint[] {
    const found: Checkpoint[] = [];
    for (const { node, mark, value, time } of this.#tree.marked(VERSION_MARK)) {
      const id = mark.slice(VERSION_MARK.length);
      if (!this.#read.has(id)) {
        this.#read.set(id, parse({ id, node, time }, value));
      }
      const checkpoint = this.#read.get(id);
      if (checkpoint !== undefined) {
        found.push(checkpoint);
      }
    }
    return found.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  }

  /** The pieces of a version; undefined when it, or one that it hangs on, is lost. */
  version(id: string): Pieces | undefined {
    this.list();
    const chain: Checkpoint[] = [];
    const passed = new Set<string>();
    let next: string | null = id;
    while (next !== null && !this.#versions.has(next)) {
      const checkpoint = this.#read.get(next);
      if (checkpoint === undefined || passed.has(next)) {
        return undefined;
      }
      passed.add(next);
      chain.push(checkpoint);
      next = checkpoint.after;
    }
    let pieces: Pieces = next === null ? [] : (this.#versions.get(next) ?? []);
    for (const { changes } of chain.reverse()) {
      if (!areWithin(changes, lengthOf(pieces))) {
        return undefined;
      }
      pieces = withChanges(pieces, changes);
    }
    this.#versions.set(id, pieces);
    return pieces;
  }

  /** What to write down of a version that comes after another one. */
  record(
    reason: CheckpointReason,
    after: string | undefined,
    pieces: Pieces,
  ): Omit<Checkpoint, 'id' | 'node' | 'time'> {
    const before = after === undefined ? undefined : this.version(after);
    if (after === undefined || before === undefined || this.#depth(after) >= CHAIN) {
      return { reason, after: null, changes: changesBetween([], pieces) };
    }
    return { reason, after, changes: changesBetween(before, pieces) };
  }

  #depth(id: string): number {
    let depth = 1;
    for (let next = this.#read.get(id)?.after; typeof next === 'string' && depth < CHAIN; depth++) {
      next = this.#read.get(next)?.after;
    }
    return depth;
  }
}

function parse(
  known: Pick<Checkpoint, 'id' | 'node' | 'time'>,
  value: string,
): Checkpoint | undefined {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(recordSchema, json);
  if (!parsed.success) {
    return undefined;
  }
  const { reason, after } = parsed.output;
  const changes = parsed.output.changes.map(([start, end, ...pieces]) => ({
    start,
    end,
    pieces: laid(pieces.map(([node, from, length]) => ({ node, from, length }))),
  }));
  return { ...known, reason, after, changes };
}

function areWithin(changes: readonly PieceChange[], length: number): boolean {
  let done = 0;
  return changes.every(({ start, end }) => {
    const isInOrder = done <= start && start <= end && end <= length;
    done = end;
    return isInOrder;
  });
}
