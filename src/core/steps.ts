import type { Clock } from './platform';

/** Work that can pause: it yields wherever others may have their turn, and returns its result. */
export type Steps<T> = Generator<void, T, void>;

/** How long work may go on before others have their turn, in milliseconds. */
const TURN = 4;

/** Does work without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
  }
}

/**
 * Does work in turns of a few milliseconds.
 * @throws the signal's reason when it is aborted; what was done is lost
 */
export async function inTurns<T>(steps: Steps<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  // What went on before this counts too.
  await clock.sleep(0);
  let since = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const { done, value } = steps.next();
    if (done === true) {
      return value;
    }
    if (performance.now() - since >= TURN) {
      await clock.sleep(0);
      since = performance.now();
    }
  }
}
