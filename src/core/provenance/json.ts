import { LineIndex } from '../attachment/lineIndex';
import type { NodeId, TreeNode } from '../tree/node';
import { share, type Share } from './share';
import type { ProvenanceStretch } from './stretches';

/** A document as it is exported. */
export interface ProvenanceDocument {
  /** Its name or path, for people. */
  name: string;
  /** Line ends LF. */
  text: string;
  /** Milliseconds since the epoch. */
  time: number;
  node: (id: NodeId) => Pick<TreeNode, 'source' | 'created'> | undefined;
}

/** One stretch in an exported file. */
export interface ExportedStretch {
  /** UTF-16 code units into the text with LF line ends, end exclusive. */
  start: number;
  end: number;
  /** The line it begins on, from 1. */
  line: number;
  kind: ProvenanceStretch['kind'];
  /** Its first characters, for people. */
  begins: string;
  /** Of model text: which model wrote it, how it was asked, when (ISO 8601), and the branch in the tree. */
  model?: string;
  strategy?: string;
  created?: string;
  node?: NodeId;
}

export interface ProvenanceJson {
  format: 'variorum-provenance';
  version: 1;
  document: string;
  /** ISO 8601. */
  exported: string;
  /** The text's length in UTF-16 code units, line ends LF. */
  length: number;
  /** Shares of the characters, white space left out. */
  share: Share;
  /** They tile the text. */
  stretches: readonly ExportedStretch[];
}

const BEGINNING = 40;

/** Where a document's text came from, for others to read. */
export function toProvenanceJson(
  document: ProvenanceDocument,
  stretches: readonly ProvenanceStretch[],
): ProvenanceJson {
  const { name, text, time } = document;
  const lines = LineIndex.of(text);
  return {
    format: 'variorum-provenance',
    version: 1,
    document: name,
    exported: new Date(time).toISOString(),
    length: text.length,
    share: share(text, stretches),
    stretches: stretches.map((stretch) => ({
      start: stretch.start,
      end: stretch.end,
      line: lines.position(stretch.start).line + 1,
      kind: stretch.kind,
      begins: beginning(text.slice(stretch.start, stretch.end)),
      ...(stretch.kind === 'model' ? origin(stretch.node, document) : {}),
    })),
  };
}

function beginning(text: string): string {
  return Array.from(text.slice(0, 4 * BEGINNING).trimStart())
    .slice(0, BEGINNING)
    .join('');
}

function origin(node: NodeId, document: ProvenanceDocument): Partial<ExportedStretch> {
  const { source, created } = document.node(node) ?? {};
  return {
    node,
    ...(source?.kind === 'model' ? { model: source.model, strategy: source.strategy } : {}),
    ...(created === undefined ? {} : { created: new Date(created).toISOString() }),
  };
}
