/** A place as people count: line and column from 1, the column in UTF-16 code units. */
export interface LinePosition {
  line: number;
  column: number;
}

/** Finds the line and column of UTF-16 offsets; lines end with LF, CRLF or a lone CR. */
export class LinePositions {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) {
      starts.push(index + end.length);
    }
    this.#starts = starts;
  }

  at(offset: number): LinePosition {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
