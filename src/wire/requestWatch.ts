import { WireError, type WireFailure } from '../core/model/openai/wire';
import type { Clock } from '../core/platform';

/** What is known of a request once it is over: nothing that was said, and neither key nor headers. */
export interface RequestRecord {
  method: 'GET' | 'POST';
  /** Scheme, host and port. */
  origin: string;
  path: string;
  /** Absent where no answer came. */
  status?: number;
  /** Milliseconds from its beginning to the head of the answer, to its first event, and to its end. */
  headers?: number;
  first?: number;
  end: number;
  events: number;
  /** As the server counts them, where it does. */
  tokens?: { prompt: number; completion: number };
  outcome: 'done' | 'stopped' | WireFailure['kind'] | 'error';
}

/** What was said, as it went over the wire. */
export interface RequestText {
  sent: string;
  came: string;
}

/** Told of every request. */
export interface RequestWatch {
  /** Whether it wants what is said, too; asked before each request. */
  wantsText: () => boolean;
  /** `text` only where it was wanted, and without the key. */
  done: (record: RequestRecord, text?: RequestText) => void;
}

/** So much of an answer is kept for a watch that wants what is said, in UTF-16 code units. */
const MOST_TEXT = 200_000;

/** One request, from its beginning to its end. */
export class WatchedRequest {
  readonly #since: number;
  readonly #wantsText: boolean;
  #status: number | undefined;
  #headers: number | undefined;
  #first: number | undefined;
  #events = 0;
  #tokens: RequestRecord['tokens'];
  #came = '';
  #isOver = false;

  constructor(
    private readonly about: Pick<RequestRecord, 'method' | 'origin' | 'path'> & { sent: unknown },
    private readonly watch: RequestWatch,
    private readonly clock: Clock,
    private readonly redact: <T>(value: T) => T,
  ) {
    this.#since = clock.now();
    this.#wantsText = watch.wantsText();
  }

  answered(status: number): void {
    this.#status = status;
    this.#headers = this.#time();
  }

  event(json: unknown): void {
    this.#first ??= this.#time();
    this.#events += 1;
    this.#tokens = tokensIn(json) ?? this.#tokens;
    if (this.#wantsText && this.#came.length < MOST_TEXT) {
      this.#came += `${JSON.stringify(json)}\n`;
    }
  }

  /** Only the first call counts. */
  over(outcome: RequestRecord['outcome'], error?: unknown): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    const failure = error instanceof WireError ? error.failure : undefined;
    const status = this.#status ?? (failure?.kind === 'status' ? failure.status : undefined);
    const { sent, ...about } = this.about;
    const record: RequestRecord = {
      ...about,
      ...(status === undefined ? {} : { status }),
      ...(this.#headers === undefined ? {} : { headers: this.#headers }),
      ...(this.#first === undefined ? {} : { first: this.#first }),
      end: this.#time(),
      events: this.#events,
      ...(this.#tokens ? { tokens: this.#tokens } : {}),
      outcome: failure?.kind ?? outcome,
    };
    this.watch.done(record, this.#wantsText ? this.#text(sent, failure) : undefined);
  }

  #text(sent: unknown, failure: WireFailure | undefined): RequestText {
    const came = failure ? `${this.#came}${JSON.stringify(failure)}` : this.#came;
    return this.redact({ sent: sent === undefined ? '' : JSON.stringify(sent), came });
  }

  #time(): number {
    return Math.round(this.clock.now() - this.#since);
  }
}

function tokensIn(json: unknown): RequestRecord['tokens'] {
  const usage = field(json, 'usage');
  const prompt = field(usage, 'prompt_tokens') ?? field(usage, 'input_tokens');
  const completion = field(usage, 'completion_tokens') ?? field(usage, 'output_tokens');
  return typeof prompt === 'number' && typeof completion === 'number'
    ? { prompt, completion }
    : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
