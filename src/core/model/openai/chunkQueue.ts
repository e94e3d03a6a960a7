import type { Chunk } from '../languageModel';

/** Brings the chunks of several requests together in the order in which they come. */
export class ChunkQueue {
  #chunks: Chunk[] = [];
  #closed = false;
  #wake: () => void = () => undefined;
  readonly #releases = new Set<() => readonly Chunk[]>();

  push(chunks: readonly Chunk[]): void {
    if (chunks.length > 0) {
      this.#chunks.push(...chunks);
      this.#wake();
    }
  }

  /**
   * Something waits that is worth having should everything be stopped: it is asked for then.
   * @returns what to call when it waits no longer
   */
  hold(release: () => readonly Chunk[]): () => void {
    this.#releases.add(release);
    return () => this.#releases.delete(release);
  }

  /** Nothing more will come. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Yields what comes until `close`, or until the signal aborts: then what is held, and nothing else that waits. */
  async *drain(signal: AbortSignal): AsyncGenerator<Chunk, void, undefined> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    const isOver = (): boolean => signal.aborted;
    try {
      while (!isOver()) {
        const chunks = this.#chunks;
        this.#chunks = [];
        for (const chunk of chunks) {
          yield chunk;
          if (isOver()) {
            break;
          }
        }
        if (chunks.length > 0) {
          continue;
        }
        if (this.#closed) {
          return;
        }
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      yield* [...this.#releases].flatMap((release) => release());
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
