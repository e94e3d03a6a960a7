/** A stretch of text in UTF-16 code units, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** True when `inner` lies wholly inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
