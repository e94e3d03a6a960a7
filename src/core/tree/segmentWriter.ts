import { VariorumError } from '../model/error';
import type { WriterId } from './node';
import { segmentName, temporaryName } from './segmentFile';
import { joinPath, type Store } from './store';

export interface SegmentOptions {
  store: Store;
  folder: string;
  writer: WriterId;
  /** A segment is closed before it grows over this; a longer line has a segment to itself. */
  maxBytes?: number;
}

/** Somebody who waits until so many lines, of all ever queued, are written. */
interface Waiter {
  target: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Default size of a segment, bytes: what is written anew for every append. */
export const SEGMENT_BYTES = 64 * 1024;
const ATTEMPTS = 2;
const EMPTY = new Uint8Array(0);

/**
 * Appends lines to `<folder>/<writer>-<segment>.jsonl` on stores that can only write whole files.
 *
 * A segment grows by writing all of it to `….jsonl.tmp` and renaming that over `….jsonl`. At every
 * instant one of the two is whole and holds every acknowledged line, so readers take the union of
 * both. After a failure nothing is known about the two files: they are left alone for good and the
 * lines go into the next segment, whole. Lines queued while a write is under way go out in the next.
 */
export class SegmentWriter {
  readonly #options: SegmentOptions;
  readonly #maxBytes: number;
  #queue: Uint8Array[] = [];
  #queued = 0;
  #written = 0;
  #waiters: Waiter[] = [];
  #running = false;
  #segment = 0;
  #content = EMPTY;

  constructor(options: SegmentOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? SEGMENT_BYTES;
  }

  /** Lines not yet acknowledged. */
  get pending(): number {
    return this.#queued - this.#written;
  }

  /**
   * Resolves when the lines, and all before them, are written. They must hold no line end.
   * @throws VariorumError `storage` when they could not be; they stay queued and go out with the next
   * `append` or `flush`
   */
  append(lines: readonly string[]): Promise<void> {
    const encoder = new TextEncoder();
    for (const line of lines) {
      this.#queue.push(encoder.encode(`${line}\n`));
    }
    this.#queued += lines.length;
    return this.#until(this.#queued);
  }

  /** Writes what is queued; does nothing when nothing is. Throws as `append` does. */
  flush(): Promise<void> {
    return this.#until(this.#queued);
  }

  #until(target: number): Promise<void> {
    if (this.#written >= target) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ target, resolve, reject });
      void this.#run();
    });
  }

  /** Writes for as long as somebody waits. */
  async #run(): Promise<void> {
    if (this.#running) {
      return;
    }
    this.#running = true;
    while (this.#waiters.length > 0) {
      const waiting = this.#waiters.length;
      try {
        await this.#commit(this.#countThatFits());
        const left = this.#waiters.findIndex(({ target }) => target > this.#written);
        const done = left === -1 ? this.#waiters.length : left;
        this.#waiters.splice(0, done).forEach(({ resolve }) => resolve());
      } catch (error) {
        // Those who came meanwhile are not told of a failure before their own lines were tried.
        this.#waiters.splice(0, waiting).forEach(({ reject }) => reject(error));
      }
    }
    this.#running = false;
  }

  /** How many queued lines go into the next write, at least one; turns to a new segment if none fits. */
  #countThatFits(): number {
    const first = this.#queue[0]?.length ?? 0;
    if (this.#content.length > 0 && this.#content.length + first > this.#maxBytes) {
      this.#nextSegment();
    }
    let bytes = this.#content.length + first;
    let count = 1;
    for (; count < this.#queue.length; count++) {
      bytes += this.#queue[count]?.length ?? 0;
      if (bytes > this.#maxBytes) {
        break;
      }
    }
    return count;
  }

  async #commit(count: number): Promise<void> {
    const lines = this.#queue.slice(0, count);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#write(lines);
        break;
      } catch (error) {
        this.#nextSegment();
        if (attempt === ATTEMPTS) {
          throw writeFailed(this.#options.folder, error);
        }
      }
    }
    this.#queue = this.#queue.slice(count);
    this.#written += count;
  }

  async #write(lines: readonly Uint8Array[]): Promise<void> {
    const { store, folder, writer } = this.#options;
    const path = joinPath(folder, segmentName(writer, this.#segment));
    const temporary = temporaryName(path);
    const content = concat([this.#content, ...lines]);
    try {
      await store.write(temporary, content);
    } catch (error) {
      // Only now is the temporary file surely superfluous: the segment under its own name is whole.
      await store.remove(temporary).catch(() => undefined);
      throw error;
    }
    await store.rename(temporary, path);
    this.#content = content;
  }

  #nextSegment(): void {
    this.#segment++;
    this.#content = EMPTY;
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What is said when something could not be put on the disk. */
export function writeFailed(folder: string, cause: unknown): VariorumError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new VariorumError(
    {
      code: 'storage',
      message: `The tree could not be written to ${folder}: ${why}.`,
      action: 'Nothing is lost while this window stays open; free the place and try again.',
      retryable: true,
    },
    { cause },
  );
}
