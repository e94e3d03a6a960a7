import type { Span } from './span';

/** The text with every line end (CRLF, lone CR) as LF: the form all of core works on. */
export function withLf(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/**
 * Maps UTF-16 offsets into `withLf(text)` back to offsets into `text` itself. A span that covers a
 * line end covers the whole of it, so spans that tile one text tile the other.
 */
export class LineEndMap {
  /** Offsets, in the LF text, just after each line end that was CRLF. */
  readonly #after: readonly number[];

  constructor(text: string) {
    const after: number[] = [];
    for (let at = text.indexOf('\r\n'); at !== -1; at = text.indexOf('\r\n', at + 2)) {
      after.push(at + 1 - after.length);
    }
    this.#after = after;
  }

  toOriginal(offset: number): number {
    let low = 0;
    let high = this.#after.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#after[middle] ?? Infinity) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return offset + low;
  }

  spanToOriginal<S extends Span>(span: S): S {
    return { ...span, start: this.toOriginal(span.start), end: this.toOriginal(span.end) };
  }
}
