import {
  shownConfidence,
  type ShownConfidence,
  type TokenLayer,
} from '../../core/attachment/shownConfidence';
import { modelLabel } from '../../core/model/modelLabel';
import type { Run, Token } from '../../core/model/token';
import type { Span } from '../../core/text/span';
import type { DocumentSession } from '../documentSession';

/** Where the tokens of branches hang on a session's document. */
export function writtenLayer({ draft, tokensOf }: DocumentSession): TokenLayer {
  return { attachments: draft.state.attachments, tokensOf };
}

/** The tokens that a session's document shows in a range (LF offsets). */
export function shownIn(session: DocumentSession, range: Span): Generator<ShownConfidence> {
  return shownConfidence(writtenLayer(session), session.scores.document, range);
}

/** The whole of a token that the document shows: of scored text only the numbers are at hand. */
export function wholeToken(session: DocumentSession, shown: ShownConfidence): Token {
  const scored = session.scores.document.text(shown.node);
  return scored?.run.token(shown.index, scored.text) ?? shown.token;
}

/** Whose number a token's probability is. */
export function modelNameOf({ journal, scores }: DocumentSession, shown: ShownConfidence): string {
  if (shown.by === 'scoring') {
    return scores.document.text(shown.node)?.label ?? '';
  }
  const source = journal.tree.node(shown.node)?.source;
  return source?.kind === 'model' ? modelLabel(source.model) : '';
}

/** Whether a written token's probability is from before or after sampling. */
export function semanticsOf(
  { journal }: DocumentSession,
  shown: ShownConfidence,
): Run['semantics'] {
  const run = shown.by === 'scoring' ? undefined : journal.tree.node(shown.node)?.run;
  return run?.semantics ?? 'unknown';
}
