import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import type { Span } from '../core/text/span';
import { cardsOf, type Batch } from './batch';
import type { DocumentSession } from './documentSession';
import type { Placement } from './placement';

/** Text that stands only once in a draft is known by itself from this length on, in UTF-16 code units. */
const TELLING = 12;

/**
 * Where the next chosen rewrite goes: where it went before, or else in place of the rewrite that the document
 * shows whole, or of the text that was rewritten.
 * @throws VariorumError when neither stands in the document
 */
export function rewritePlacement(
  session: DocumentSession,
  batch: Batch,
  source: string,
): Placement {
  const { placement } = batch;
  if (placement.kind !== 'caret') {
    return placement;
  }
  const standing = standingRewrite(session, batch);
  if (standing) {
    // Undone, it stands there again to be replaced.
    return { kind: 'placed', ...standing, selection: standing.span };
  }
  const span = sourceInDraft(session, batch, source);
  if (!span) {
    throw passageGone();
  }
  return { kind: 'anchor', at: span.end, selection: span };
}

function standingRewrite(
  { draft, journal }: DocumentSession,
  { id }: Batch,
): { branch: number; span: Span } | undefined {
  const cards = cardsOf(journal.tree, id);
  for (const { node, from, start, end } of draft.state.attachments) {
    const branch = cards.indexOf(node);
    const length = journal.tree.node(node)?.text.length;
    if (branch !== -1 && from === 0 && end - start === length) {
      return { branch, span: { start, end } };
    }
  }
  return undefined;
}

/** The text that was rewritten: where the rewrites fork, or wherever else it stands, if only once. */
function sourceInDraft(
  { draft: { text }, journal, keeper }: DocumentSession,
  { id }: Batch,
  source: string,
): Span | undefined {
  const [fork] = journal.tree.batch(id);
  const piece = keeper
    .look()
    .find(
      ({ node, from, start, end }) =>
        fork?.parent === node && from <= fork.at && fork.at <= from + end - start,
    );
  const at = piece && fork ? piece.start + fork.at - piece.from : fork?.at;
  const spanAt = (start: number) => ({ start, end: start + source.length });
  if (at !== undefined && text.startsWith(source, at)) {
    return spanAt(at);
  }
  const first = text.indexOf(source);
  const isOnce = first !== -1 && !text.includes(source, first + 1);
  return isOnce && source.trim().length >= TELLING ? spanAt(first) : undefined;
}

function passageGone(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t(
      'The passage that was rewritten no longer stands in the draft as it was.',
    ),
    action: vscode.l10n.t(
      'Copy the rewrite from its card, or select the passage as it is now and rewrite that.',
    ),
    retryable: false,
  });
}
