import type { CollectedBranch } from '../core/model/collector';

/** Milliseconds between two showings. */
const EVERY = 100;
const ERASE = '\r\u001b[2K';

/** A stream that lines can be written to and erased from. */
export interface ProgressStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** One line on a terminal that says how far a batch is; nothing where there is no terminal. */
export class Progress {
  readonly #since: number;
  #shownAt = -Infinity;
  #isShown = false;

  /** @param now milliseconds */
  constructor(
    private readonly stream: ProgressStream,
    private readonly branches: readonly CollectedBranch[],
    private readonly now: () => number,
  ) {
    this.#since = now();
  }

  /** Shows the state, unless it was shown a moment ago. */
  update(): void {
    const now = this.now();
    if (this.stream.isTTY !== true || now - this.#shownAt < EVERY) {
      return;
    }
    this.#shownAt = now;
    this.#isShown = true;
    this.stream.write(`${ERASE}${this.#line((now - this.#since) / 1000)}`);
  }

  /** Makes room for other output. */
  erase(): void {
    if (this.#isShown) {
      this.stream.write(ERASE);
      this.#isShown = false;
      this.#shownAt = -Infinity;
    }
  }

  #line(seconds: number): string {
    const done = this.branches.filter(({ status }) => status !== 'streaming').length;
    const tokens = this.branches.reduce((sum, branch) => sum + branch.tokens.length, 0);
    const rate = seconds > 0 ? ` · ${Math.round(tokens / seconds)} tokens/s` : '';
    return `${done} of ${this.branches.length} done · ${tokens} tokens${rate}`;
  }
}
