import { WireError } from '../core/model/openai/wire';
import type { WirePlatform } from './platform';

/** Runs `task` and gives it up when it takes longer than `milliseconds`. */
export async function within<T>(
  task: Promise<T>,
  milliseconds: number,
  begun: boolean,
  { clock }: Pick<WirePlatform, 'clock'>,
): Promise<T> {
  const stop = new AbortController();
  const late = clock.sleep(milliseconds, stop.signal).then((): never => {
    throw new WireError({ kind: 'timeout', seconds: Math.round(milliseconds / 1000), begun });
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([task, late]);
  } finally {
    stop.abort();
  }
}

/** Reads a body piece by piece and gives it up when nothing comes for too long. */
export class WatchedBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #over = new AbortController();
  #last: number;
  #begun = false;
  #late: ((error: WireError) => void) | null = null;

  constructor(
    body: ReadableStream<Uint8Array>,
    private readonly platform: WirePlatform,
  ) {
    this.#reader = body.getReader();
    this.#last = platform.clock.now();
    void this.#watch();
  }

  /** The next piece; undefined at the end. */
  async read(): Promise<Uint8Array | undefined> {
    const late = new Promise<never>((_, reject) => (this.#late = reject));
    try {
      const { value } = await Promise.race([this.#reader.read(), late]);
      this.#last = this.platform.clock.now();
      this.#begun = true;
      if (value === undefined) {
        this.#over.abort();
      }
      return value;
    } catch (error) {
      this.cancel();
      throw error;
    } finally {
      this.#late = null;
    }
  }

  /** The rest as text, from the pieces that were read already. */
  async text(read: readonly Uint8Array[]): Promise<string> {
    const decoder = new TextDecoder();
    let text = read.map((piece) => decoder.decode(piece, { stream: true })).join('');
    for (let piece = await this.read(); piece !== undefined; piece = await this.read()) {
      text += decoder.decode(piece, { stream: true });
    }
    return text + decoder.decode();
  }

  /** Closes the connection. */
  cancel(): void {
    this.#over.abort();
    this.#reader.cancel().catch(() => undefined);
  }

  /** One timer for the whole body: a timer for every piece would cost more than reading it. */
  async #watch(): Promise<void> {
    const { clock, timeouts } = this.platform;
    while (!this.#over.signal.aborted) {
      const limit = this.#begun ? timeouts.next : timeouts.first;
      const left = this.#last + limit - clock.now();
      if (left > 0) {
        await clock.sleep(left, this.#over.signal);
      } else if (this.#late === null) {
        // Nobody waits for the server: it is we who do not read.
        this.#last = clock.now();
      } else {
        const seconds = Math.round(limit / 1000);
        this.#late(new WireError({ kind: 'timeout', seconds, begun: this.#begun }));
        return;
      }
    }
  }
}
