import { toModelError } from './error';
import type { Chunk } from './languageModel';

/**
 * The values of several streams in the order in which they come. Ends when all have ended; the first
 * failure ends it with that failure. Streams that are left early are returned.
 */
export async function* interleave<T>(
  streams: readonly AsyncIterable<T>[],
): AsyncGenerator<T, void, undefined> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  const next = (at: number, iterator: AsyncIterator<T>) =>
    iterator.next().then((result) => ({ at, iterator, result }));
  const waiting = new Map(iterators.map((iterator, at) => [at, next(at, iterator)]));
  try {
    while (waiting.size > 0) {
      const { at, iterator, result } = await Promise.race(waiting.values());
      if (result.done === true) {
        waiting.delete(at);
      } else {
        waiting.set(at, next(at, iterator));
        yield result.value;
      }
    }
  } finally {
    for (const at of waiting.keys()) {
      // Not awaited: one that hangs must not keep the others.
      iterators[at]?.return?.().catch(() => undefined);
    }
  }
}

/** A branch with a request of its own: when that fails as a whole, the branch fails and the others go on. */
export async function* failingAlone(
  branch: number,
  stream: AsyncIterable<Chunk>,
): AsyncGenerator<Chunk, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    yield { branch, kind: 'error', error: toModelError(error) };
  }
}

/** A branch that ends as cancelled as soon as the signal aborts, whether or not its stream heeds it. */
export async function* untilAborted(
  branch: number,
  stream: AsyncIterable<Chunk>,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const iterator = stream[Symbol.asyncIterator]();
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  let ended = false;
  try {
    while (!signal.aborted) {
      const next = iterator.next();
      // Once called off, nobody waits for it any more.
      next.catch(() => undefined);
      const result = await Promise.race([next, aborted]);
      if (result === null) {
        break;
      }
      if (result.done === true) {
        return;
      }
      ended ||= result.value.kind !== 'delta';
      yield result.value;
    }
    if (!ended) {
      yield { branch, kind: 'end', finish: 'cancelled' };
    }
  } finally {
    // Not awaited: one that hangs must not keep the others.
    iterator.return?.().catch(() => undefined);
  }
}
