import type { UnknownEvent } from './event';
import { forEachLine } from './lines';
import type { WriterId } from './node';
import type { JournalProblem } from './problem';
import { sameJson } from './sameJson';
import type { SegmentBytes } from './segmentReader';

/** Where a line stands: the file's number times this, and the line's number. */
const LINES = 2 ** 32;

interface OfWriter {
  /** Where event i stands at index i, as far as they came in order. */
  inOrder: number[];
  others: Map<number, number>;
}

/**
 * Hands on one copy of each event: of copies that differ the first one given, and a problem for the
 * others. It keeps no event, only where each stands, and reads a line again when a copy turns up.
 */
export class EventUnion<E extends Pick<UnknownEvent, 'writer' | 'seq'>> {
  readonly #files: SegmentBytes[] = [];
  readonly #writers = new Map<WriterId, OfWriter>();
  /** The lines of the file that was last read again. */
  #again: { file: SegmentBytes; lines: Map<number, string> } | undefined;

  constructor(
    private readonly problems: JournalProblem[],
    private readonly take: (event: E) => void,
  ) {}

  /** @param file all events of one file are given before those of the next */
  add(event: E, file: SegmentBytes, line: number): void {
    if (this.#files.at(-1) !== file) {
      this.#files.push(file);
    }
    const { inOrder, others } = this.#of(event.writer);
    const copy = inOrder[event.seq] ?? others.get(event.seq);
    if (copy !== undefined) {
      if (!sameJson(this.#read(copy), event)) {
        const reason = `event ${event.seq} of ${event.writer} differs from another copy`;
        this.problems.push({ code: 'conflict', file: file.path, line, reason });
      }
      return;
    }
    const position = (this.#files.length - 1) * LINES + line;
    if (event.seq === inOrder.length) {
      inOrder.push(position);
    } else {
      others.set(event.seq, position);
    }
    this.take(event);
  }

  #of(writer: WriterId): OfWriter {
    let found = this.#writers.get(writer);
    if (found === undefined) {
      found = { inOrder: [], others: new Map() };
      this.#writers.set(writer, found);
    }
    return found;
  }

  #read(position: number): unknown {
    const file = this.#files[Math.floor(position / LINES)];
    if (file !== undefined && this.#again?.file !== file) {
      const lines = new Map<number, string>();
      forEachLine(file.bytes, ({ number, text }) => lines.set(number, text ?? ''));
      this.#again = { file, lines };
    }
    // It was parsed before, so it is JSON.
    return JSON.parse(this.#again?.lines.get(position % LINES) ?? 'null');
  }
}
