import * as vscode from 'vscode';
import { openDocument, type DocumentState } from '../../core/attachment/document';
import {
  forkAt,
  nothingKnown,
  planCheckpoint,
  type CheckpointPlan,
  type CheckpointReason,
  type OwnEdit,
} from '../../core/tree/checkpoint';
import type { DocumentJournal } from '../../core/tree/documentJournal';
import { VERSION_MARK } from '../../core/tree/marks';
import type { NodeId } from '../../core/tree/node';
import { changesBetween, laid, textOf, type Pieces } from '../../core/tree/version';
import { toMark, VersionLog } from '../../core/tree/versionLog';
import type { Draft } from '../draft';

export interface Kept {
  draft: Draft;
  journal: DocumentJournal;
  /** Told when something could not be written down; it stays queued. */
  storageFailed: (error: unknown) => void;
}

/** Saves that VS Code makes by itself become checkpoints no oftener than this, in milliseconds. */
const AUTOMATIC_INTERVAL = 5 * 60_000;

/** Keeps the writer's own edits of one document in its tree, as checkpoints. */
export class Keeper implements vscode.Disposable {
  readonly versions: VersionLog;
  readonly #kept: Kept;
  readonly #onDidKeep = new vscode.EventEmitter<void>();
  #known: DocumentState | undefined;
  /** The version last written down. */
  #latest: string | undefined;
  #count = 0;
  #keptAt = 0;

  /** The tree has changed, or holds more of the document. */
  readonly onDidKeep = this.#onDidKeep.event;

  constructor(kept: Kept) {
    this.#kept = kept;
    this.versions = new VersionLog(kept.journal.tree);
  }

  /** Makes a checkpoint, when the writer changed anything since the last one. Nothing waits for a disk. */
  keep(reason: CheckpointReason): boolean {
    const plan = this.#plan();
    if (!plan.isEdited) {
      return false;
    }
    const before = this.#known?.attachments ?? [];
    const ids = this.#recordEdits(plan.edits);
    const pieces = laid(
      plan.pieces.map(({ node, from, start, end }) => ({
        node: ids.get(node) ?? node,
        from,
        length: end - start,
      })),
    );
    const carrier = [...ids.values()][0] ?? carrierOf(before, pieces);
    this.#known = { ...plan.state, attachments: pieces };
    this.#record(reason, pieces, carrier, [...ids.values()]);
    return true;
  }

  /** The document was saved: a checkpoint if it has a tree. Those that come by themselves are thinned out. */
  saved(reason: vscode.TextDocumentSaveReason): void {
    const isManual = reason === vscode.TextDocumentSaveReason.Manual;
    const isDue = Date.now() - this.#keptAt >= AUTOMATIC_INTERVAL;
    if (this.#kept.journal.tree.size > 0 && (isManual || isDue)) {
      this.keep('save');
    }
  }

  /** Where in the tree something forks that follows an offset (LF) of the document as last kept. */
  forkAt(offset: number): { parent: NodeId | null; at: number } {
    return placeIn(this.#plan(), offset);
  }

  /** The node that an offset (LF) lies in, and where; of text not kept yet, the place that it follows. */
  nodeAt(offset: number): { node: NodeId; at: number } | undefined {
    if (this.#kept.journal.tree.size === 0) {
      return undefined;
    }
    const { parent, at } = this.forkAt(offset);
    return parent === null ? undefined : { node: parent, at };
  }

  /** The nodes that the document shows something of. */
  nodesShown(): ReadonlySet<NodeId> {
    return new Set(this.#plan().pieces.map(({ node }) => node));
  }

  /** The document as nodes, as far as it is kept. */
  look(): Pieces {
    return this.#plan().pieces;
  }

  /** The document as nodes, all of it kept. */
  pieces(reason: CheckpointReason): Pieces {
    this.keep(reason);
    return this.#plan().pieces;
  }

  /** Of an edit that took the place of text: where in its parent's text that went on. */
  rejoinOf(id: NodeId): number | undefined {
    const node = this.#nodeOf(id);
    const version = this.versions
      .list()
      .find((each) => this.#nodeOf(each.node)?.batch === node?.batch);
    const pieces = version && this.versions.version(version.id);
    const at = pieces?.findIndex((piece) => piece.node === id) ?? -1;
    const next = pieces
      ?.slice(at + 1)
      .find((piece) => this.#nodeOf(piece.node)?.batch !== node?.batch);
    return at !== -1 && next && next.node === node?.parent && next.from > node.at
      ? next.from
      : undefined;
  }

  /** Takes note that the document was made to show these pieces. */
  show(pieces: Pieces, target: NodeId): void {
    if (textOf(pieces, (id) => this.#nodeOf(id)?.text) === this.#kept.draft.text) {
      this.#known = { ...this.#plan().state, attachments: pieces };
      this.#record('checkout', pieces, target);
    }
  }

  /** Something else about the tree was changed. */
  changed(): void {
    this.#onDidKeep.fire();
  }

  dispose(): void {
    this.#onDidKeep.dispose();
  }

  readonly #nodeOf = (id: NodeId) => this.#kept.journal.tree.node(id);

  #plan(): CheckpointPlan {
    this.#known ??= this.#read();
    return planCheckpoint(this.#known, this.#kept.draft.state, this.#nodeOf);
  }

  /** The latest version that can be read. */
  #read(): DocumentState {
    for (const { id } of this.versions.list().reverse()) {
      const pieces = this.versions.version(id);
      const text = pieces && textOf(pieces, (node) => this.#nodeOf(node)?.text);
      if (pieces !== undefined && text !== undefined) {
        this.#latest = id;
        return openDocument(text, pieces);
      }
    }
    return nothingKnown();
  }

  #recordEdits(edits: readonly OwnEdit[]): ReadonlyMap<string, NodeId> {
    const { journal } = this.#kept;
    const ids = new Map<string, NodeId>();
    let batch: string | undefined;
    for (const { key, parent, at, text, source } of edits) {
      const draft = { parent: parent === null ? null : (ids.get(parent) ?? parent), at, source };
      const node =
        batch === undefined ? journal.recordBatch([draft])[0] : journal.recordBranch(batch, draft);
      if (node !== undefined) {
        batch = node.batch;
        ids.set(key, node.id);
        journal.recordText(node.id, text);
      }
    }
    return ids;
  }

  #record(
    reason: CheckpointReason,
    pieces: Pieces,
    carrier: NodeId | undefined,
    edits: readonly NodeId[] = [],
  ): void {
    const { journal, storageFailed } = this.#kept;
    if (carrier === undefined) {
      return;
    }
    const id = `${journal.writer}-${this.#count++}`;
    const value = toMark(this.versions.record(reason, this.#latest, pieces));
    const mark = { node: carrier, mark: VERSION_MARK + id, value };
    journal.recordEdits(edits, mark).catch(storageFailed);
    this.#latest = id;
    this.#keptAt = Date.now();
    this.#onDidKeep.fire();
  }
}

function placeIn(
  { pieces, edits }: CheckpointPlan,
  offset: number,
): { parent: NodeId | null; at: number } {
  const place = forkAt(pieces, offset);
  const parents = new Map(edits.map(({ key, parent, at }) => [key, { parent, at }]));
  let found = place;
  for (let up = parents.get(place.parent ?? ''); up; up = parents.get(up.parent ?? '')) {
    found = up;
  }
  return found;
}

/** A node for a version in which text was only removed: the one before the first change. */
function carrierOf(before: Pieces, after: Pieces): NodeId | undefined {
  const [change] = changesBetween(before, after);
  const piece = before.findLast(({ start }) => start < (change?.start ?? 0)) ?? before[0];
  return piece?.node ?? after[0]?.node;
}
