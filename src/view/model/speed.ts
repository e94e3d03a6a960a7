import type { BranchView } from '../../protocol';

/** Tokens a second as the server counted them, or as they came; null when it cannot be told. */
export function finalSpeed({ tokens, seconds, usage }: BranchView): number | null {
  const count = usage?.completionTokens ?? tokens.length;
  return seconds !== undefined && seconds > 0 && count > 0 ? count / seconds : null;
}

/** Milliseconds of streaming before an estimate says anything. */
const SETTLED = 400;

/** The speed of a branch that is still streaming, by the view's own clock. */
export class LiveSpeed {
  #start: { time: number; tokens: number } | null = null;
  #seen = 0;

  /**
   * @param tokens how many there are now
   * @param time milliseconds
   * @returns tokens a second since the first that was seen; null while it is too early to tell
   */
  at(tokens: number, time: number): number | null {
    if (tokens < this.#seen) {
      this.#start = null;
    }
    this.#seen = tokens;
    if (tokens === 0) {
      return null;
    }
    this.#start ??= { time, tokens };
    const elapsed = time - this.#start.time;
    return elapsed < SETTLED ? null : ((tokens - this.#start.tokens) * 1000) / elapsed;
  }
}
