import {
  applyChanges,
  openDocument,
  place,
  type DocumentState,
} from '../../../src/core/attachment/document';
import {
  nothingKnown,
  planCheckpoint,
  type CheckpointPlan,
} from '../../../src/core/tree/checkpoint';
import type { NodeId, Provenance, TreeNode } from '../../../src/core/tree/node';
import { laid, type Pieces } from '../../../src/core/tree/version';

type Kept = Pick<TreeNode, 'parent' | 'at' | 'text' | 'source'>;
const MODEL: Provenance = { kind: 'model', model: 'sketch', strategy: 'plain', prompt: 'p1' };

/** A writer at work: a document, branches put into it, and the checkpoints made of it. */
export class Writer {
  readonly nodes = new Map<NodeId, Kept>();
  document: DocumentState;
  known = nothingKnown();
  pieces: Pieces = [];

  constructor(text: string) {
    this.document = openDocument(text);
  }

  /** Types (or, with text of several letters, pastes) in place of a stretch. */
  edit(start: number, end: number, text: string): void {
    this.document = applyChanges(this.document, [{ start, end, text }], 'edit');
  }

  /** Puts a new branch of a model into the document. */
  insert(at: number, text: string): NodeId {
    const node = this.add({ parent: null, at, text, source: MODEL });
    this.edit(at, at, text);
    const stretch = { start: at, end: at + text.length, node, from: 0 };
    this.document = place(this.document, stretch, text);
    return node;
  }

  checkpoint(): CheckpointPlan {
    const plan = planCheckpoint(this.known, this.document, (id) => this.nodes.get(id));
    const ids = new Map<string, NodeId>();
    const idOf = (key: string | null) => (key === null ? null : (ids.get(key) ?? key));
    for (const { key, parent, at, text, source } of plan.edits) {
      ids.set(key, this.add({ parent: idOf(parent), at, text, source }));
    }
    this.pieces = laid(
      plan.pieces.map(({ node, from, start, end }) => ({
        node: ids.get(node) ?? node,
        from,
        length: end - start,
      })),
    );
    this.known = { ...plan.state, attachments: this.pieces };
    return plan;
  }

  readonly textOf = (id: NodeId): string | undefined => this.nodes.get(id)?.text;

  private add(node: Kept): NodeId {
    const id = `n${this.nodes.size}`;
    this.nodes.set(id, node);
    return id;
  }
}
