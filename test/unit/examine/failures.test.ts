import assert from 'node:assert/strict';
import { isVariorumError } from '../../../src/core/model/error';
import { startFaultServer } from '../../fixtures/faultServer';
import { startPersonality } from '../../fixtures/personalities';
import { sendJson, TestServer } from '../../fixtures/testServer';
import { examineAt, reportOf, valuesOf } from './harness';

describe('an examination that goes wrong', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.close());

  for (const [fault, code] of [
    ['unauthorized', 'no-key'],
    ['rate-limited', 'rate-limited'],
    ['loading', 'overloaded'],
    ['hangs-up', 'unreachable'],
    ['html', 'stream'],
  ] as const) {
    it(`${fault}: says so and asks no further`, async () => {
      server = await startFaultServer(fault);
      await assert.rejects(examineAt(server), (error) => {
        assert.ok(isVariorumError(error));
        assert.equal(error.detail.code, code);
        return true;
      });
      const posts = server.received.filter(({ method }) => method === 'POST');
      assert.equal(posts.length, 1);
    });
  }

  it('keeps what was found when the server has enough', async () => {
    const base = await startPersonality({});
    let left = 3;
    server = await TestServer.start(async (request, response) => {
      if (request.method === 'POST' && left-- <= 0) {
        sendJson(response, 429, { error: { message: 'Slow down' } });
        return;
      }
      const init =
        request.body === undefined ? {} : { method: 'POST', body: JSON.stringify(request.body) };
      const answer = await fetch(`${base.origin}${request.path}`, init);
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? '',
      });
      response.end(await answer.text());
    });
    const examination = await examineAt(server);
    await base.close();
    assert.equal(examination.stopped?.code, 'rate-limited');
    assert.deepEqual(valuesOf(examination, ['chat.logprobs', 'completions.base', 'server.seed']), {
      'chat.logprobs': 'yes',
      'completions.base': 'yes',
      'server.seed': 'unknown',
    });
    assert.match(reportOf(examination), /It ended early: .*Slow down/);
  });

  it('stops when it is cancelled, keeping what is known', async () => {
    const stop = new AbortController();
    server = await TestServer.start((request, response) => {
      if (request.method === 'POST') {
        stop.abort();
        return;
      }
      sendJson(response, 200, { data: [{ id: 'stories260K' }] });
    });
    const examination = await examineAt(server, {}, stop.signal);
    assert.equal(examination.requests.length, 2);
    assert.deepEqual(valuesOf(examination, ['server.list', 'chat.answers']), {
      'server.list': 'yes',
      'chat.answers': 'unknown',
    });
  });

  it('sends the key to its own origin, and no more than a few words of nobody’s draft', async () => {
    server = await startPersonality({});
    await examineAt(server, { key: 'sk-secret' });
    for (const { headers, body } of server.received) {
      assert.equal(headers['authorization'], 'Bearer sk-secret');
      assert.ok(!JSON.stringify(body ?? {}).includes('sk-secret'));
      assert.ok(Object.keys(headers).every((name) => !name.startsWith('x-')));
    }
  });

  it('says nothing that a server may have written as markup', async () => {
    const message = '| x | <img src=x> [click](command:evil) `code`';
    server = await TestServer.start((request, response) =>
      sendJson(response, request.method === 'GET' ? 200 : 400, {
        data: [{ id: 'a' }],
        error: { message },
      }),
    );
    const report = reportOf(await examineAt(server));
    assert.ok(
      !report.includes('<img') && !report.includes('[click](') && !report.includes('`code`'),
    );
    const rows = report.split('\n').filter((line) => line.startsWith('| chat |'));
    assert.equal(rows[0]?.split(/(?<!\\)\|/u).length, 5);
  });
});
