import type { DocumentSession } from '../documentSession';
import { rewritePlacement } from '../rewritePlace';
import { selectionOf } from '../placement';
import { notYours } from './rewriteErrors';
import type { RewriteParts } from './rewriteFeature';

/**
 * Pins the passage that was rewritten as an exemplar, so that models are shown it first: a rewrite itself is a
 * model's, and never becomes one.
 * @throws VariorumError when the passage no longer stands in the draft, or is not the writer's own
 */
export async function pinSource(
  { exemplars }: RewriteParts,
  session: DocumentSession,
): Promise<void> {
  const { batch, draft, document } = session;
  if (batch?.source === undefined) {
    throw notYours();
  }
  const placement = rewritePlacement(session, batch, batch.source);
  const span = selectionOf(placement);
  // Where a rewrite stands in its place there is nothing of the writer's to pin.
  if (!span || draft.text.slice(span.start, span.end) !== batch.source) {
    throw notYours();
  }
  await exemplars.pin(document, draft.rangeOf(span));
}
