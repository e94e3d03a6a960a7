import type { Token } from '../model/token';

/** The tokens of `[from, to)` of a node's text, in offsets from its beginning; one cut through loses its probability. */
export function sliceTokens(tokens: readonly Token[], from: number, to: number): Token[] {
  return tokens.flatMap((token) => {
    const start = Math.max(token.start, from);
    const end = Math.min(token.end, to);
    const isEmpty = token.start === token.end;
    if (isEmpty ? token.start < from || token.start >= to : start >= end) {
      return [];
    }
    const isWhole = start === token.start && end === token.end;
    const kept: Token = isWhole
      ? token
      : { start, end, logprob: null, missing: 'edited', alternatives: [], tail: null };
    return [{ ...kept, start: start - from, end: end - from }];
  });
}

/** The tokens of two texts, the second of which begins at `at`. */
export function joinTokens(before: readonly Token[], at: number, after: readonly Token[]): Token[] {
  const moved = after.map((token) => ({ ...token, start: token.start + at, end: token.end + at }));
  return [...before, ...moved];
}
