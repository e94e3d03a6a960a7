import assert from 'node:assert/strict';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { FAULTS, chatEvent, startFaultServer, type FaultName } from '../../fixtures/faultServer';
import { beginStream, event, sendJson, TestServer, type Handler } from '../../fixtures/testServer';
import type { ModelError } from '../../../src/core/model/error';
import type { Endpoint } from '../../../src/parts/openai';
import { collectParagraph as collect, NEW_PARAGRAPH, openModel, pieces } from './harness';

const CHAT: Partial<Endpoint> = { api: 'chat', strategy: 'instruction' };

interface Expected {
  code: ModelError['code'];
  retryable: boolean;
  /** Part of the message. */
  says?: RegExp;
  retryAfter?: number;
  /** What came before. */
  text?: string;
}

const EXPECTED: Record<Exclude<FaultName, 'none' | 'whole' | 'endless'>, Expected> = {
  unauthorized: { code: 'no-key', retryable: false, says: /wants a key/ },
  forbidden: { code: 'forbidden', retryable: false, says: /Your plan/ },
  'not-found': { code: 'not-found', retryable: false, says: /stories260K/ },
  'rate-limited': { code: 'rate-limited', retryable: true, retryAfter: 120 },
  quota: { code: 'rate-limited', retryable: false, says: /quota/ },
  server: { code: 'server', retryable: true, says: /CUDA out of memory/ },
  loading: { code: 'overloaded', retryable: true, says: /Loading model/ },
  context: { code: 'context', retryable: false, says: /1200 tokens long.* 512 tokens/ },
  silent: { code: 'timeout', retryable: true },
  stalled: { code: 'timeout', retryable: true, text: 'She' },
  'hangs-up': { code: 'unreachable', retryable: true },
  broken: { code: 'stream', retryable: true, text: 'She opened' },
  unfinished: { code: 'stream', retryable: true, text: 'She opened' },
  malformed: { code: 'stream', retryable: true, text: 'She', says: /not JSON/ },
  'error-in-stream': { code: 'stream', retryable: true, text: 'She', says: /engine died/ },
  'error-as-answer': { code: 'stream', retryable: true, says: /No such tenant/ },
  html: { code: 'stream', retryable: false, says: /text\/html/ },
  'no-choices': { code: 'stream', retryable: true, says: /without any text/ },
  empty: { code: 'stream', retryable: true, says: /without any text/ },
};

/** Only those that nothing comes of are to be waited for in vain. */
const timeoutsOf = (fault: string) =>
  ['silent', 'stalled'].includes(fault)
    ? { first: 150, next: 150 }
    : { first: 60_000, next: 60_000 };

function isPlain(error: ModelError): void {
  for (const part of [error.message, error.action]) {
    assert.match(part, /^[\s\S]{8,}[.!?…]$/u, `"${part}" is a sentence`);
    assert.doesNotMatch(part, /undefined|\[object|NaN|<[a-z]/);
  }
}

describe('faults of servers', () => {
  const servers: TestServer[] = [];
  const start = async (handler: Handler): Promise<TestServer> => {
    const server = await TestServer.start(handler);
    servers.push(server);
    return server;
  };

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`${name}: one clear error on every branch, what came is kept`, async () => {
      const server = await start(FAULTS[name as FaultName]);
      const { chunks, branches } = await collect(
        openModel(server.baseUrl, CHAT, timeoutsOf(name)),
        {
          n: 2,
        },
      );
      for (const { index, status, error, text, tokens } of branches) {
        assert.equal(status, 'failed');
        assert.ok(error);
        assert.equal(error.code, expected.code, error.message);
        assert.equal(error.retryable, expected.retryable);
        assert.equal(error.retryAfter, expected.retryAfter);
        assert.match(error.message, expected.says ?? /./);
        isPlain(error);
        // The server writes one choice only; the other one has nothing to keep.
        assert.equal(text, index === 0 ? (expected.text ?? '') : '');
        assert.equal(pieces({ text, tokens }).join(''), text);
        const ends = chunks.filter(({ branch, kind }) => branch === index && kind !== 'delta');
        assert.equal(ends.length, 1);
      }
    });
  }

  it('a wrong key is told from no key', async () => {
    const server = await start(FAULTS.unauthorized);
    const { branches } = await collect(openModel(server.baseUrl, { ...CHAT, key: 'sk-wrong' }));
    assert.equal(branches[0]?.error?.code, 'unauthorized');
    assert.doesNotMatch(JSON.stringify(branches), /sk-wrong/);
  });

  it('a key that no header can hold is told without sending anything', async () => {
    const server = await start(FAULTS.none);
    const { branches } = await collect(openModel(server.baseUrl, { ...CHAT, key: 'sk-a\nb' }));
    assert.equal(branches[0]?.error?.code, 'unauthorized');
    assert.equal(server.received.length, 0);
  });

  it('nothing listens', async () => {
    const server = await startFaultServer('none');
    await server.close();
    const { branches } = await collect(openModel(server.baseUrl, CHAT));
    assert.equal(branches[0]?.error?.code, 'unreachable');
    assert.match(branches[0].error.message, /Nothing answers at http:\/\/127\.0\.0\.1:\d+\.$/);
  });

  it('a name that nobody has', async () => {
    const { branches } = await collect(openModel('http://no-such-host.invalid/v1', CHAT));
    assert.equal(branches[0]?.error?.code, 'unreachable');
    assert.match(branches[0].error.message, /no-such-host\.invalid/);
  });

  it('https where the server speaks http', async () => {
    const server = await start(FAULTS.none);
    const { branches } = await collect(openModel(server.baseUrl.replace('http', 'https'), CHAT));
    assert.equal(branches[0]?.error?.code, 'insecure');
  });

  it('bytes that are no http', async () => {
    const tcp = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    const { branches } = await collect(openModel(`http://127.0.0.1:${port}/v1`, CHAT));
    tcp.close();
    assert.equal(branches[0]?.error?.code, 'unreachable');
    isPlain(branches[0].error);
  });

  it('a completion that is not streamed is taken as the answer', async () => {
    const server = await start(FAULTS.whole);
    const { branches, chunks } = await collect(openModel(server.baseUrl, CHAT));
    assert.equal(branches[0]?.text, 'She opened the door.');
    assert.deepEqual(chunks.at(-1), {
      branch: 0,
      kind: 'end',
      finish: 'stop',
      usage: { promptTokens: 3, completionTokens: 5 },
    });
  });

  it('other branches go on when one breaks', async () => {
    let request = 0;
    const server = await start((received, response, self) => {
      request += 1;
      const handler =
        request === 1 ? FAULTS['not-found'] : request === 3 ? FAULTS.broken : FAULTS.none;
      return handler(received, response, self);
    });
    const model = openModel(server.baseUrl, { api: 'auto' });
    // The first request shows that there is no completions API, the second that one choice is written.
    const { branches } = await collect(model, { n: 3 });
    const outcome = branches.map(({ status, text }) => [status, text]);
    assert.equal(outcome.filter(([status]) => status === 'failed').length, 1);
    assert.equal(outcome.filter(([, text]) => text === 'She opened the door.').length, 2);
  });

  it('waits as long as the server asks when that is short, and asks again', async () => {
    let request = 0;
    const server = await start((received, response, self) => {
      request += 1;
      if (request === 1) {
        sendJson(response, 429, { error: { message: 'Slow' } }, { 'retry-after': '0' });
        return;
      }
      return (FAULTS.none as Handler)(received, response, self);
    });
    const { branches } = await collect(openModel(server.baseUrl, CHAT));
    assert.equal(branches[0]?.status, 'done');
    assert.equal(server.received.length, 2);
  });

  it('a retry-after that is a date counts in seconds from now', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString();
    const server = await start((_, response) =>
      sendJson(response, 429, { error: { message: 'Slow' } }, { 'retry-after': date }),
    );
    const { branches } = await collect(openModel(server.baseUrl, CHAT));
    const wait = branches[0]?.error?.retryAfter ?? 0;
    assert.ok(wait > 60 && wait <= 91, String(wait));
    assert.equal(server.received.length, 1);
  });

  it('a redirection elsewhere is not followed, and the key goes nowhere', async () => {
    const other = await start(FAULTS.none);
    const server = await start((_, response) => {
      response.writeHead(307, { location: `${other.baseUrl}/chat/completions` });
      response.end();
    });
    const { branches } = await collect(openModel(server.baseUrl, { ...CHAT, key: 'sk-1' }));
    assert.equal(branches[0]?.error?.code, 'insecure');
    assert.match(branches[0].error.message, new RegExp(other.origin));
    assert.equal(other.received.length, 0);
  });

  it('a redirection within the server is followed with body and key', async () => {
    const server = await start((received, response, self) => {
      if (received.path.endsWith('/')) {
        return (FAULTS.none as Handler)(received, response, self);
      }
      response.writeHead(308, { location: `${received.path}/` });
      response.end();
    });
    const { branches } = await collect(openModel(server.baseUrl, { ...CHAT, key: 'sk-1' }));
    assert.equal(branches[0]?.text, 'She opened the door.');
    assert.equal(server.received[1]?.headers['authorization'], 'Bearer sk-1');
    assert.deepEqual(server.received[1].body, server.received[0]?.body);
  });

  it('a line of two megabytes is text like any other', async () => {
    const long = 'word '.repeat(420_000);
    const server = await start((_, response) => {
      beginStream(response);
      response.end([chatEvent(long), chatEvent('', 0, 'stop'), '[DONE]'].map(event).join(''));
    });
    const { branches } = await collect(openModel(server.baseUrl, CHAT));
    assert.equal(branches[0]?.text.length, long.length);
    assert.equal(branches[0].status, 'done');
  });

  it('stopping ends the stream and closes the connection', async () => {
    const server = await start(FAULTS.endless);
    const controller = new AbortController();
    const model = openModel(server.baseUrl, CHAT);
    let after = 0;
    for await (const chunk of model.continue(
      NEW_PARAGRAPH,
      { n: 1, maxTokens: 9, temperature: 1, topP: 1, minP: 0, alternatives: 1 },
      controller.signal,
    )) {
      after += controller.signal.aborted && chunk.kind === 'delta' ? 1 : 0;
      controller.abort();
    }
    assert.equal(after, 0);
    assert.equal(await server.received[0]?.over, 'closed');
  });

  it('whoever stops reading closes the connection, too', async () => {
    const server = await start(FAULTS.endless);
    const model = openModel(server.baseUrl, CHAT);
    for await (const chunk of model.continue(
      NEW_PARAGRAPH,
      { n: 1, maxTokens: 9, temperature: 1, topP: 1, minP: 0, alternatives: 1 },
      new AbortController().signal,
    )) {
      assert.equal(chunk.kind, 'delta');
      break;
    }
    assert.equal(await server.received[0]?.over, 'closed');
  });

  it('stopping before anything came ends every branch as cancelled', async () => {
    const server = await start(FAULTS.silent);
    const controller = new AbortController();
    const outcome = collect(openModel(server.baseUrl, CHAT), { n: 3 }, controller.signal);
    while (server.received.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    controller.abort();
    const { branches } = await outcome;
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['stopped', 'stopped', 'stopped'],
    );
    assert.equal(await server.received[0]?.over, 'closed');
  });
});
