import { append, carry, type Attachments } from '../attachment/stretch';
import type { Span } from '../text/span';
import type { Attachment, NodeId, TreeNode } from './node';

/**
 * A state of the whole document: which node each stretch of it shows. The pieces tile the text, so a
 * version costs a few numbers for each piece, however long the draft is.
 */
export type Pieces = Attachments;

/** `[start, end)` of the version before gave way to pieces, whose own offsets count from 0. */
export interface PieceChange extends Span {
  pieces: Pieces;
}

/** What is needed of a tree to read the text of pieces. */
export type NodeText = (id: NodeId) => string | undefined;

/** UTF-16 code units of a version's text. */
export function lengthOf(pieces: Pieces): number {
  return pieces.at(-1)?.end ?? 0;
}

/** A version's text; undefined when a node of it is lost, or shorter than it was. */
export function textOf(pieces: Pieces, nodeText: NodeText): string | undefined {
  const parts: string[] = [];
  for (const { node, from, start, end } of pieces) {
    const text = nodeText(node)?.slice(from, from + end - start);
    if (text?.length !== end - start) {
      return undefined;
    }
    parts.push(text);
  }
  return parts.join('');
}

/** Pieces laid end to end from 0, those that go on from each other joined. */
export function laid(
  pieces: Iterable<Pick<Attachment, 'node' | 'from'> & { length: number }>,
): Attachment[] {
  const out: Attachment[] = [];
  for (const { node, from, length } of pieces) {
    const start = lengthOf(out);
    append(out, { start, end: start + length, node, from });
  }
  return out;
}

/** The version after changes, which are ascending and disjoint, all relative to `before`. */
export function withChanges(before: Pieces, changes: readonly PieceChange[]): Attachment[] {
  const out: Attachment[] = [];
  let done = 0;
  for (const { start, end, pieces } of changes) {
    carry(out, before, { start: done, end: start }, lengthOf(out) - done);
    carry(out, pieces, { start: 0, end: lengthOf(pieces) }, lengthOf(out));
    done = end;
  }
  carry(out, before, { start: done, end: lengthOf(before) }, lengthOf(out) - done);
  return out;
}

/**
 * What leads from one version to another; none when they are the same. Text that moved stands among
 * the changes as a piece, never as text.
 */
export function changesBetween(before: Pieces, after: Pieces): PieceChange[] {
  const search = new Search(before);
  for (const { node, from, start, end } of after) {
    search.take(node, from, from + end - start);
  }
  return search.end();
}

/** Walks through the version before, looking for the pieces of the one after in order. */
class Search {
  readonly #byNode = new Map<NodeId, Attachment[]>();
  readonly #changes: PieceChange[] = [];
  #pending: Attachment[] = [];
  #done = 0;

  constructor(private readonly before: Pieces) {
    for (const piece of before) {
      const list = this.#byNode.get(piece.node);
      if (list === undefined) {
        this.#byNode.set(piece.node, [piece]);
      } else {
        list.push(piece);
      }
    }
  }

  /** Takes `[from, to)` of a node's text as the next piece of the version after. */
  take(node: NodeId, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const found = this.#find(node, at, to);
      if (found === undefined) {
        this.#put(node, at, to);
        return;
      }
      this.#put(node, at, found.from);
      this.#close(found.start);
      this.#done = found.end;
      at = found.from + found.end - found.start;
    }
  }

  end(): PieceChange[] {
    this.#close(lengthOf(this.before));
    return this.#changes;
  }

  /** The first stretch not passed yet that shows something of `[from, to)` of the node, cut to that. */
  #find(node: NodeId, from: number, to: number): Attachment | undefined {
    for (const piece of this.#byNode.get(node) ?? []) {
      const shift = piece.start - piece.from;
      const start = Math.max(piece.start, this.#done, from + shift);
      const end = Math.min(piece.end, to + shift);
      if (start < end) {
        return { node, start, end, from: start - shift };
      }
    }
    return undefined;
  }

  #put(node: NodeId, from: number, to: number): void {
    const start = lengthOf(this.#pending);
    append(this.#pending, { start, end: start + to - from, node, from });
  }

  #close(at: number): void {
    if (at > this.#done || this.#pending.length > 0) {
      this.#changes.push({ start: this.#done, end: at, pieces: this.#pending });
      this.#pending = [];
    }
  }
}

/** Whether a node is the writer's own text, or was there before: anything but a model's. */
export function isOwn({ source }: Pick<TreeNode, 'source'>): boolean {
  return source.kind !== 'model';
}
