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

/** Bytes that may come without an event coming of them; a long event has some hundred thousand. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Bytes may come without an event for so many times as long as nothing may. */
const PATIENCE = 5;

/**
 * Reads a body piece by piece and gives it up when nothing comes for too long, when what comes makes no
 * progress, or when it has no end.
 */
export class WatchedBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #over = new AbortController();
  #last: number;
  #progressed: number;
  #bytes = 0;
  #begun = false;
  #late: ((error: WireError) => void) | null = null;

  constructor(
    body: ReadableStream<Uint8Array>,
    private readonly platform: WirePlatform,
  ) {
    this.#reader = body.getReader();
    this.#last = platform.clock.now();
    this.#progressed = this.#last;
    void this.#watch();
  }

  /** Something that was waited for has come of the pieces. */
  progress(): void {
    this.#progressed = this.#last;
    this.#bytes = 0;
  }

  /**
   * The next piece; undefined at the end.
   * @throws WireError
   */
  async read(): Promise<Uint8Array | undefined> {
    const late = new Promise<never>((_, reject) => (this.#late = reject));
    try {
      const { value } = await Promise.race([this.#reader.read(), late]);
      this.#last = this.platform.clock.now();
      this.#begun = true;
      if (value === undefined) {
        this.#over.abort();
      }
      this.#bytes += value?.length ?? 0;
      if (this.#bytes > MOST_BYTES) {
        throw new WireError({ kind: 'endless' });
      }
      return value;
    } catch (error) {
      this.cancel();
      throw error;
    } finally {
      this.#late = null;
    }
  }

  /**
   * The rest as text.
   * @param decoder of what was read before
   * @throws WireError
   */
  async text(decoder = new TextDecoder()): Promise<string> {
    let text = '';
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
      const late = Math.min(this.#last, this.#progressed + (PATIENCE - 1) * limit);
      const left = late + limit - clock.now();
      if (left > 0) {
        await clock.sleep(left, this.#over.signal);
      } else if (this.#late === null) {
        // Nobody waits for the server: it is we who do not read.
        this.#last = clock.now();
        this.#progressed = this.#last;
      } else {
        const seconds = Math.round(limit / 1000);
        this.#late(new WireError({ kind: 'timeout', seconds, begun: this.#begun }));
        return;
      }
    }
  }
}
