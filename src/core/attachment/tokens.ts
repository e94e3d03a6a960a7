import type { Token } from '../model/token';
import type { Span } from '../text/span';
import type { NodeId } from '../tree/node';
import { firstEndingAfter, type Attachments } from './stretch';

/** A token and where the document shows it. */
export interface ShownToken extends Span {
  node: NodeId;
  token: Token;
  /** Which of its run's tokens it is. */
  index: number;
}

/**
 * The tokens that the document shows whole and that reach into `range`, in order. A token of which the
 * writer changed a part is not among them, nor is one without text.
 * @param attachments with `range` in the same LF offsets.
 * @param tokensOf the tokens of a node, ascending; undefined when it has none.
 */
export function* shownTokens(
  attachments: Attachments,
  tokensOf: (node: NodeId) => readonly Token[] | undefined,
  range: Span,
): Generator<ShownToken> {
  for (let i = firstEndingAfter(attachments, range.start); i < attachments.length; i++) {
    const stretch = attachments[i];
    if (stretch === undefined || stretch.start >= range.end) {
      return;
    }
    const tokens = tokensOf(stretch.node) ?? [];
    const shift = stretch.start - stretch.from;
    const last = stretch.end - shift;
    const first = Math.max(stretch.from, range.start - shift);
    for (let index = firstTokenEndingAfter(tokens, first); ; index++) {
      const token = tokens[index];
      if (token === undefined || token.end > last || token.start >= range.end - shift) {
        break;
      }
      if (token.start >= stretch.from && token.end > token.start) {
        const start = token.start + shift;
        yield { start, end: token.end + shift, node: stretch.node, token, index };
      }
    }
  }
}

function firstTokenEndingAfter(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.end ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
