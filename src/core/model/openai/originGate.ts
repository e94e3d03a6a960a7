import type { Clock } from '../../platform';

/** Requests at once to one origin: more only wait in the server, or are refused by it. */
const AT_ONCE = 8;
/** The first wait that nobody asked for is at most so long, in milliseconds; each later one twice as long. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 16_000;

/** Somebody whose turn has not come. */
interface Waiting {
  signal: AbortSignal;
  resolve: (hasTurn: boolean) => void;
}

/**
 * Lets requests to one origin go out: so many at once, in the order in which they came, and none while it is
 * to be left alone. One that has had enough gets half as many at once, and more again as it answers.
 */
export class OriginGate {
  #waiting: Waiting[] = [];
  #running = 0;
  #most = AT_ONCE;
  #atOnce = AT_ONCE;
  /** When it may be asked again, in milliseconds of the clock. */
  #closedUntil = 0;

  /** @param random a random number, 0 ≤ x < 1 */
  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /**
   * Runs a task when its turn has come; undefined when the signal aborts before.
   */
  async take<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    if (!(await this.#turn(signal))) {
      return undefined;
    }
    try {
      await this.#open(signal);
      return signal.aborted ? undefined : await task();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  /** It tells something of its latest answer only while it has written no other. */
  oneByOne(): void {
    this.#most = 1;
    this.#atOnce = 1;
  }

  /** Whether only one is running, and the next one waits for its end. */
  get isOneByOne(): boolean {
    return this.#most === 1 && this.#running === 1;
  }

  /** It answered as it should. */
  answered(): void {
    this.#atOnce = Math.min(this.#most, this.#atOnce + 1);
    this.#next();
  }

  /**
   * It wants to be left alone.
   * @param seconds for how long, where it said so
   * @param times how often the same request was put off before
   */
  refused(seconds: number | undefined, times: number): void {
    this.#atOnce = Math.max(1, Math.floor(this.#atOnce / 2));
    const wait = seconds === undefined ? this.#waitAfter(times) : 1000 * seconds;
    this.#closedUntil = Math.max(this.#closedUntil, this.clock.now() + wait);
  }

  /** Grows exponentially; anywhere below that, so that those who were refused together do not come back together. */
  #waitAfter(times: number): number {
    return this.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** times);
  }

  async #turn(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) {
      return false;
    }
    if (this.#running < this.#atOnce) {
      this.#running += 1;
      return true;
    }
    return new Promise((resolve) => {
      // One listener for all who wait with a signal: platforms warn of many.
      if (!this.#waiting.some((other) => other.signal === signal)) {
        signal.addEventListener('abort', () => this.#leave(signal), { once: true });
      }
      this.#waiting.push({ signal, resolve });
    });
  }

  #leave(signal: AbortSignal): void {
    const leaving = this.#waiting.filter((waiting) => waiting.signal === signal);
    this.#waiting = this.#waiting.filter((waiting) => waiting.signal !== signal);
    leaving.forEach(({ resolve }) => resolve(false));
  }

  async #open(signal: AbortSignal): Promise<void> {
    for (
      let left = this.#closedUntil - this.clock.now();
      left > 0 && !signal.aborted;
      left = this.#closedUntil - this.clock.now()
    ) {
      await this.clock.sleep(left, signal);
    }
  }

  #next(): void {
    while (this.#running < this.#atOnce) {
      const next = this.#waiting.shift();
      if (!next) {
        return;
      }
      this.#running += 1;
      next.resolve(true);
    }
  }
}

/** The gates of all origins: batches and models that share them share their limits. */
export class OriginGates {
  readonly #gates = new Map<string, OriginGate>();

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  of(origin: string): OriginGate {
    const gate = this.#gates.get(origin) ?? new OriginGate(this.clock, this.random);
    this.#gates.set(origin, gate);
    return gate;
  }
}
