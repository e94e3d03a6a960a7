import assert from 'node:assert/strict';
import type { Chunk } from '../../../src/core/model/languageModel';
import { interleave, untilAborted } from '../../../src/core/model/interleave';

async function collect(chunks: AsyncIterable<Chunk>): Promise<string[]> {
  const lines: string[] = [];
  for await (const chunk of chunks) {
    const what =
      chunk.kind === 'delta' ? chunk.text : chunk.kind === 'end' ? chunk.finish : 'error';
    lines.push(`${chunk.branch} ${what}`);
  }
  return lines;
}

const together = (streams: readonly AsyncIterable<Chunk>[], signal: AbortSignal) =>
  interleave(streams.map((stream, branch) => untilAborted(branch, stream, signal)));

async function* writes(branch: number, ...texts: string[]): AsyncGenerator<Chunk> {
  for (const text of texts) {
    await Promise.resolve();
    yield { branch, kind: 'delta', text };
  }
  yield { branch, kind: 'end', finish: 'stop' };
}

async function* hangs(branch: number): AsyncGenerator<Chunk> {
  yield { branch, kind: 'delta', text: 'begun' };
  await new Promise(() => undefined);
}

describe('branches from several streams', () => {
  it('come as they come, each in its order', async () => {
    const lines = await collect(
      together([writes(0, 'a', 'b', 'c'), writes(1, 'x')], new AbortController().signal),
    );
    assert.deepEqual(
      lines.filter((line) => line.startsWith('0')),
      ['0 a', '0 b', '0 c', '0 stop'],
    );
    assert.ok(lines.indexOf('1 stop') < lines.indexOf('0 stop'));
  });

  it('end as cancelled when called off, even where the stream never ends', async () => {
    const controller = new AbortController();
    const lines: Promise<string[]> = collect(
      together([writes(0, 'a'), hangs(1)], controller.signal),
    );
    setTimeout(() => controller.abort(), 5);
    assert.deepEqual([...(await lines)].sort(), ['0 a', '0 stop', '1 begun', '1 cancelled']);
  });

  it('do not start when called off before', async () => {
    const controller = new AbortController();
    controller.abort();
    assert.deepEqual(await collect(together([hangs(0)], controller.signal)), ['0 cancelled']);
  });
});
