import type { Chunk } from '../languageModel';

/** Brings the chunks of several requests together in the order in which they come. */
export class ChunkQueue {
  #chunks: Chunk[] = [];
  #closed = false;
  #wake: () => void = () => undefined;

  push(chunks: readonly Chunk[]): void {
    if (chunks.length > 0) {
      this.#chunks.push(...chunks);
      this.#wake();
    }
  }

  /** Nothing more will come. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Yields what comes until `close`, or until the signal aborts: then at once, and without what still waits. */
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
            return;
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
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
