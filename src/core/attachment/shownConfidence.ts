import type { Token } from '../model/token';
import type { Span } from '../text/span';
import type { NodeId } from '../tree/node';
import type { Attachments } from './stretch';
import { shownTokens, type ShownToken } from './tokens';

/** Where tokens hang on a document. */
export interface TokenLayer {
  attachments: Attachments;
  tokensOf: (node: NodeId) => readonly Token[] | undefined;
}

/** A token that the document shows, and whether its model wrote it or has scored it. */
export interface ShownConfidence extends ShownToken {
  by: 'writing' | 'scoring';
}

/**
 * The tokens that reach into a range, in order and without overlap. Where text was scored, that counts:
 * the writer asked for it last. The range may cut tokens; they are whole all the same.
 */
export function* shownConfidence(
  written: TokenLayer,
  scored: TokenLayer,
  range: Span,
): Generator<ShownConfidence> {
  const over = shownTokens(scored.attachments, scored.tokensOf, range);
  let next = over.next();
  let covered = -1;
  for (const token of shownTokens(written.attachments, written.tokensOf, range)) {
    while (next.done !== true && next.value.start < token.end) {
      covered = next.value.end;
      yield { ...next.value, by: 'scoring' };
      next = over.next();
    }
    if (token.start >= covered) {
      yield { ...token, by: 'writing' };
    }
  }
  while (next.done !== true) {
    yield { ...next.value, by: 'scoring' };
    next = over.next();
  }
}

/**
 * The token at a place of which the document shows a part only: the writer has changed the rest, so that
 * its probability no longer holds. Undefined where there is none.
 */
export function editedTokenAt(layer: TokenLayer, at: number): Span | undefined {
  const stretch = layer.attachments.find(({ start, end }) => start <= at && at < end);
  const shift = stretch === undefined ? 0 : stretch.start - stretch.from;
  const tokens = stretch === undefined ? [] : (layer.tokensOf(stretch.node) ?? []);
  const token = tokens.find(({ end }) => end > at - shift);
  if (stretch === undefined || token === undefined || token.start > at - shift) {
    return undefined;
  }
  const span = {
    start: Math.max(stretch.start, token.start + shift),
    end: Math.min(stretch.end, token.end + shift),
  };
  const isWhole = span.end - span.start === token.end - token.start;
  return isWhole ? undefined : span;
}
