import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { clock } from '../../../src/cli/platform';
import { interleave } from '../../../src/core/model/interleave';
import { createOpenAiModel, OriginGates } from '../../../src/parts/openai';
import { chatEvent } from '../../fixtures/faultServer';
import { beginStream, event, sendJson, TestServer, type Handler } from '../../fixtures/testServer';
import { collect, NEW_PARAGRAPH, OPTIONS } from '../openai/harness';

const BRANCHES = 32;
const SERVERS = 10;
const WORDS = 25;

/** Writes one branch a request, a word a turn, and counts how many it writes at once. */
class OneByOne {
  running = 0;
  most = 0;

  readonly handler: Handler = async (_, response) => {
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    beginStream(response);
    for (let i = 0; i < WORDS && !response.destroyed; i++) {
      response.write(event(chatEvent(` w${i}`)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end([chatEvent('', 0, 'stop'), '[DONE]'].map(event).join(''));
    this.running -= 1;
  };
}

describe('many at once', () => {
  const servers: TestServer[] = [];
  const start = async (handler: Handler): Promise<TestServer> => {
    const server = await TestServer.start(handler);
    servers.push(server);
    return server;
  };

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  function models(gates: OriginGates, origins: readonly TestServer[]) {
    const parts = { fetch, clock, random: () => 0, gates };
    return origins.map(({ baseUrl }) =>
      createOpenAiModel({ baseUrl, model: 'm', api: 'chat', strategy: 'instruction' }, parts),
    );
  }

  it('thirty-two branches of each of ten servers all come whole, a few of each at a time', async () => {
    const counts = Array.from({ length: SERVERS }, () => new OneByOne());
    const origins = await Promise.all(counts.map(({ handler }) => start(handler)));
    const all = await Promise.all(
      models(new OriginGates(clock, () => 0), origins).map((model) =>
        collect(model, { n: BRANCHES }, NEW_PARAGRAPH),
      ),
    );
    const whole = Array.from({ length: WORDS }, (_, i) => `w${i}`).join(' ');
    for (const { branches } of all) {
      assert.deepEqual(
        branches.map(({ status, text }) => [status, text]),
        Array.from({ length: BRANCHES }, () => ['done', whole]),
      );
    }
    assert.ok(counts.every(({ most }) => most >= 1 && most <= 8));
  });

  it('batches of several models of one server share its limit', async () => {
    const count = new OneByOne();
    const server = await start(count.handler);
    const gates = new OriginGates(clock, () => 0);
    const batches = models(gates, [server, server, server, server]);
    await Promise.all(batches.map((model) => collect(model, { n: 8 }, NEW_PARAGRAPH)));
    assert.ok(count.most <= 8, `${count.most} at once`);
  });

  it('a stop closes every connection, and what waits for its turn never goes out', async () => {
    const origins = await Promise.all(
      Array.from({ length: SERVERS }, () => start((_, response) => beginStream(response))),
    );
    const stop = new AbortController();
    const streams = models(new OriginGates(clock, () => 0), origins).map((model) =>
      model.continue(NEW_PARAGRAPH, { ...OPTIONS, n: BRANCHES }, stop.signal),
    );
    const ends: string[] = [];
    const reading = (async () => {
      for await (const chunk of interleave(streams)) {
        ends.push(chunk.kind === 'end' ? chunk.finish : chunk.kind);
      }
    })();
    while (origins.some(({ received }) => received.length === 0)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    stop.abort();
    await reading;
    assert.deepEqual(
      ends,
      Array.from({ length: SERVERS * BRANCHES }, () => 'cancelled'),
    );
    for (const { received } of origins) {
      assert.deepEqual(
        await Promise.all(received.map(({ over }) => over)),
        received.map(() => 'closed'),
      );
    }
  });

  it('a server that has too much to do gets its requests later, and writes every branch', async () => {
    let refused = 0;
    const server = await start((request, response, self) => {
      if (refused < 4) {
        refused += 1;
        sendJson(response, refused % 2 === 0 ? 429 : 503, { error: { message: 'Busy' } });
        return;
      }
      return new OneByOne().handler(request, response, self);
    });
    const [model] = models(new OriginGates(clock, () => 0), [server]);
    assert.ok(model);
    const { branches } = await collect(model, { n: 5 }, NEW_PARAGRAPH);
    assert.ok(branches.every(({ status }) => status === 'done'));
  });

  it('a connection that breaks before anything came is tried once more', async () => {
    let requests = 0;
    const server = await start((request, response, self) => {
      requests += 1;
      return requests === 1
        ? void response.destroy()
        : new OneByOne().handler(request, response, self);
    });
    const [model] = models(new OriginGates(clock, () => 0), [server]);
    assert.ok(model);
    const { branches } = await collect(model, {}, NEW_PARAGRAPH);
    assert.equal(branches[0]?.status, 'done');
    assert.equal(requests, 2);
  });

  it('an answer without end takes no more memory than a small heap has', async () => {
    const program = new URL('../../fixtures/faults/smallHeap.ts', import.meta.url).pathname;
    for (const fault of ['no end of a line', 'no end of tokens', 'no end of a page']) {
      const child = spawn(
        process.execPath,
        ['--max-old-space-size=96', '--import', 'tsx', program, fault],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let said = '';
      child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
      child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
      const code = await new Promise((resolve) => child.on('close', resolve));
      assert.equal(code, 0, `${fault}: ${said}`);
      assert.match(said, /ended: (failed|done)/, fault);
    }
  });
});
