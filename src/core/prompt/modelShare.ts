import type { Span } from '../text/span';

/**
 * The share (0 to 1) of a stretch of the draft that was written by models, in UTF-16 code units; null for an
 * empty one.
 * @param written what models wrote, in the same offsets; parts may overlap
 */
export function modelShare({ start, end }: Span, written: readonly Span[]): number | null {
  if (end <= start) {
    return null;
  }
  let covered = 0;
  let at = start;
  for (const span of [...written].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, span.start);
    const to = Math.min(end, span.end);
    if (to > from) {
      covered += to - from;
      at = to;
    }
  }
  return covered / (end - start);
}
