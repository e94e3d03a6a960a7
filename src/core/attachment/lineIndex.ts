import type { Step } from './step';

/** Line and UTF-16 column, both from 0: the same whatever the line ends are. */
export interface Position {
  line: number;
  character: number;
}

/** Where the lines of a text with LF line ends begin. Immutable; follows edits without a look at the text. */
export class LineIndex {
  private constructor(private readonly starts: Uint32Array) {}

  static of(text: string): LineIndex {
    const starts = [0];
    collectStarts(text, 0, starts);
    return new LineIndex(Uint32Array.from(starts));
  }

  /** Number of lines, at least one. */
  get count(): number {
    return this.starts.length;
  }

  /** The line and column of an offset inside the text. */
  position(offset: number): Position {
    const line = this.firstBeyond(offset) - 1;
    return { line, character: offset - this.startOf(line) };
  }

  /** The offset of a line and column; a line beyond the text counts as the last one. */
  offset({ line, character }: Position): number {
    return this.startOf(Math.min(line, this.count - 1)) + character;
  }

  /** The lines after a step. */
  after(step: Step): LineIndex {
    const parts: { from: number; to: number; shift: number; added: number[] }[] = [];
    let from = 0;
    let shift = 0;
    let size = 0;
    for (const swap of step) {
      // A line whose break was swapped out begins in (start, end].
      const to = this.firstBeyond(swap.start);
      const added: number[] = [];
      collectStarts(swap.run.text, swap.start + shift, added);
      parts.push({ from, to, shift, added });
      size += to - from + added.length;
      from = this.firstBeyond(swap.end);
      shift += swap.run.text.length - (swap.end - swap.start);
    }
    parts.push({ from, to: this.count, shift, added: [] });
    const starts = new Uint32Array(size + this.count - from);
    let at = 0;
    for (const part of parts) {
      for (let i = part.from; i < part.to; i++) {
        starts[at++] = this.startOf(i) + part.shift;
      }
      starts.set(part.added, at);
      at += part.added.length;
    }
    return new LineIndex(starts);
  }

  private startOf(line: number): number {
    return this.starts[line] ?? 0;
  }

  /** The first line that begins after `offset`. */
  private firstBeyond(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function collectStarts(text: string, base: number, out: number[]): void {
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
    out.push(base + i + 1);
  }
}
