import type { DocumentState } from '../attachment/document';
import { typedSpans } from '../attachment/typed';
import type { Span } from '../text/span';
import type { NodeId, Provenance } from '../tree/node';

/** A stretch of a document and where its text came from. `node`, of model text, says which branch it shows. */
export type ProvenanceStretch = Span &
  ({ kind: Exclude<Provenance['kind'], 'model'> } | { kind: 'model'; node: NodeId });

export interface ProvenanceSources {
  /** Where the text of a node came from; undefined for a node that is lost. */
  sourceOf: (node: NodeId) => Provenance | undefined;
  /** Whether the document is one that the writer has named as theirs: what is unknown in it is human. */
  own?: boolean;
}

/**
 * Where all of a document came from: stretches that tile it, in order, neighbours of one kind (and one
 * branch) joined. Model text is never human; text of a lost node is unknown.
 */
export function provenanceAt(
  { text, attachments, typed }: Pick<DocumentState, 'text' | 'attachments' | 'typed'>,
  { sourceOf, own = false }: ProvenanceSources,
): readonly ProvenanceStretch[] {
  const out: ProvenanceStretch[] = [];
  const rest = own ? 'human' : 'unknown';
  const gap = (span: Span) => {
    let done = span.start;
    for (const { start, end } of typedSpans(typed, span)) {
      add(out, { start: done, end: start, kind: rest });
      add(out, { start, end, kind: 'human' });
      done = end;
    }
    add(out, { start: done, end: span.end, kind: rest });
  };
  let done = 0;
  for (const { start, end, node } of attachments) {
    gap({ start: done, end: start });
    const kind = sourceOf(node)?.kind ?? 'unknown';
    add(out, kind === 'model' ? { start, end, kind, node } : { start, end, kind });
    done = end;
  }
  gap({ start: done, end: text.length });
  return out;
}

function add(out: ProvenanceStretch[], next: ProvenanceStretch): void {
  if (next.start >= next.end) {
    return;
  }
  const last = out.at(-1);
  if (last?.kind === next.kind && nodeOf(last) === nodeOf(next)) {
    out[out.length - 1] = { ...last, end: next.end };
  } else {
    out.push(next);
  }
}

function nodeOf(stretch: ProvenanceStretch): NodeId | undefined {
  return stretch.kind === 'model' ? stretch.node : undefined;
}

/** What of the stretches lies inside a span, in the same offsets. */
export function within(
  stretches: readonly ProvenanceStretch[],
  span: Span,
): readonly ProvenanceStretch[] {
  return stretches
    .filter(({ start, end }) => start < span.end && end > span.start)
    .map((stretch) => ({
      ...stretch,
      start: Math.max(stretch.start, span.start),
      end: Math.min(stretch.end, span.end),
    }));
}
