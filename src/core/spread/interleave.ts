import { toModelError } from '../model/error';
import type { Chunk } from '../model/languageModel';

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
