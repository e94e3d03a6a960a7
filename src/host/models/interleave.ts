import type { Chunk } from '../../core/model/languageModel';

/**
 * The chunks of several branches in the order in which they come. When the signal aborts, branches
 * that have not ended end as cancelled at once, whether or not their streams heed it.
 */
export async function* interleave(
  streams: readonly AsyncIterator<Chunk>[],
  signal: AbortSignal,
): AsyncGenerator<Chunk> {
  const waiting = new Map<number, Promise<{ branch: number; result: IteratorResult<Chunk> }>>();
  const running = new Set(streams.keys());
  const ask = async (branch: number, stream: AsyncIterator<Chunk>) => ({
    branch,
    result: await stream.next(),
  });
  streams.forEach((stream, branch) => waiting.set(branch, ask(branch, stream)));
  const aborted = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
    if (signal.aborted) {
      resolve(null);
    }
  });
  while (waiting.size > 0) {
    const next = await Promise.race([...waiting.values(), aborted]);
    if (next === null) {
      break;
    }
    const { branch, result } = next;
    const stream = streams[branch];
    if (result.done === true || stream === undefined) {
      waiting.delete(branch);
      continue;
    }
    if (result.value.kind !== 'delta') {
      running.delete(branch);
    }
    yield result.value;
    waiting.set(branch, ask(branch, stream));
  }
  waiting.forEach((late) => void late.catch(() => undefined));
  for (const branch of running) {
    yield { branch, kind: 'end', finish: 'cancelled' };
  }
}
