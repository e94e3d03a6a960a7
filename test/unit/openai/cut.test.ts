import assert from 'node:assert/strict';
import { clock } from '../../../src/cli/platform';
import { createOpenAiModel } from '../../../src/parts/openai';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { collect, openModel, pieces, type Outcome } from './harness';

/** The whole stack but for the socket: of every answer the first bytes come, in two pieces, then the end. */
function cutter(bytes: Buffer, api: 'chat' | 'completions', n: number) {
  let cut = 0;
  const fetch = (): Promise<Response> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, cut >> 1));
        controller.enqueue(bytes.subarray(cut >> 1, cut));
        controller.close();
      },
    });
    return Promise.resolve(
      new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    );
  };
  const model = createOpenAiModel(
    { baseUrl: 'http://127.0.0.1/v1', model: 'm', api },
    { fetch, clock, random: () => 0 },
  );
  return (at: number): Promise<Outcome> => {
    cut = at;
    return collect(model, { n });
  };
}

/** Where, in bytes, the last reason to finish has come whole. */
function finishedAt(text: string): number {
  const last = text.lastIndexOf('"finish_reason":"');
  return Buffer.byteLength(text.slice(0, text.indexOf('}\n', last) + 1));
}

describe('a stream cut at every byte', () => {
  for (const [file, api, n, step] of [
    ['97-unicode-truncated-5-stream', 'completions', 1, 1],
    ['94-chat-prefill-stream', 'chat', 1, 1],
    ['48-chat-n2-stream', 'chat', 2, 11],
    ['33-completions-stream-logprobs', 'completions', 1, 13],
  ] as const) {
    it(`${file}: keeps a prefix that its tokens tile, and says that it was cut`, async () => {
      const sse = recording(file).response.raw_sse ?? assert.fail();
      const bytes = Buffer.from(sse);
      const cutAt = cutter(bytes, api, n);
      const whole = await cutAt(bytes.length);
      const finished = finishedAt(sse);
      assert.ok(finished > 500 && finished < bytes.length);
      for (let cut = 0; cut < bytes.length; cut += step) {
        const { branches, chunks } = await cutAt(cut);
        for (const branch of branches) {
          const full = whole.branches[branch.index];
          assert.ok(full?.text.startsWith(branch.text), `text at ${cut}`);
          assert.equal(pieces(branch).join(''), branch.text, `tiling at ${cut}`);
          const ends = chunks.filter((c) => c.branch === branch.index && c.kind !== 'delta');
          assert.equal(ends.length, 1, `ends at ${cut}`);
          assert.ok(branch.status === 'done' || branch.error?.code === 'stream', `end at ${cut}`);
        }
        const done = branches.every(({ status }) => status === 'done');
        assert.equal(done, cut >= finished, `finished at ${cut} of ${finished}`);
      }
    });
  }

  it('over a socket, too', async () => {
    for (const cut of [200, 500, 777]) {
      const server = await startReplayServer([recording('33-completions-stream-logprobs')], {
        cut,
      });
      const { branches } = await collect(openModel(server.baseUrl, { api: 'completions' }));
      assert.equal(branches[0]?.error?.code, 'stream');
      await server.close();
    }
  });
});
