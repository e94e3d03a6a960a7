import assert from 'node:assert/strict';
import { clock } from '../../../src/cli/platform';
import { isVariorumError } from '../../../src/core/model/error';
import { listModels } from '../../../src/parts/openai';
import { startFaultServer } from '../../fixtures/faultServer';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { sendJson, TestServer } from '../../fixtures/testServer';
import { collect, openModel, OPTIONS, PASSAGE } from './harness';

/** What Node's own fetch adds to every request. */
const OF_THE_PLATFORM = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'sec-fetch-mode',
  'transfer-encoding',
  'user-agent',
]);
const PARTS = { fetch, clock, random: () => 0.5 };

/** Everything that the package would read, each set to something that must not be seen. */
const ENVIRONMENT = {
  OPENAI_API_KEY: 'sk-env',
  OPENAI_ADMIN_KEY: 'sk-admin',
  OPENAI_ORG_ID: 'org-env',
  OPENAI_PROJECT_ID: 'proj-env',
  OPENAI_BASE_URL: 'http://127.0.0.1:1/env',
  OPENAI_CUSTOM_HEADERS: 'X-Env: env\nAuthorization: Bearer sk-env',
  OPENAI_LOG: 'debug',
};

describe('what goes over the wire', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startFaultServer('none');
    Object.assign(process.env, ENVIRONMENT);
  });

  afterEach(async () => {
    await server.close();
    for (const name of Object.keys(ENVIRONMENT)) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      delete process.env[name];
    }
  });

  it('no header tells who asks; without a key there is none of it', async () => {
    await collect(openModel(server.baseUrl, { api: 'chat' }));
    const headers = server.received[0]?.headers ?? {};
    const own = Object.keys(headers).filter((name) => !OF_THE_PLATFORM.has(name));
    assert.deepEqual(own.sort(), ['accept', 'content-type']);
    assert.doesNotMatch(JSON.stringify(headers), /openai|stainless|env/i);
  });

  it("the key is the endpoint's own", async () => {
    await collect(openModel(server.baseUrl, { api: 'chat', key: 'sk-mine' }));
    assert.equal(server.received[0]?.headers['authorization'], 'Bearer sk-mine');
    assert.doesNotMatch(JSON.stringify(server.received[0].headers), /env|admin/);
  });

  it('neither the id nor the prompt holds the key', () => {
    const model = openModel(`${server.baseUrl}/`, { key: 'sk-mine' });
    assert.equal(model.id, `${server.baseUrl}#stories260K`);
    assert.match(model.label, /^stories260K \(127\.0\.0\.1:\d+\)$/);
    assert.doesNotMatch(JSON.stringify([model.prompt(PASSAGE, OPTIONS), model.note]), /sk-mine/);
  });

  it('the prompt that is shown is the one that goes out', async () => {
    for (const endpoint of [
      { strategy: 'raw' },
      { strategy: 'infill' },
      { strategy: 'prefill' },
      { strategy: 'instruction' },
    ] as const) {
      const model = openModel(server.baseUrl, endpoint);
      const options = { ...OPTIONS, n: 2, seed: 3, minP: 0.1 };
      const shown = model.prompt(PASSAGE, options);
      server.received.length = 0;
      await collect(model, options);
      const body = server.received[0]?.body as Record<string, unknown>;
      const { messages, prompt, suffix, ...parameters } = body;
      assert.equal(shown.strategy, endpoint.strategy);
      assert.deepEqual(parameters, shown.parameters);
      const texts = messages
        ? (messages as { role: string; content: string }[]).map(({ content }) => content)
        : [prompt, suffix].filter((text) => text !== undefined);
      assert.deepEqual(
        texts,
        shown.parts.map(({ text }) => text),
      );
    }
  });

  it('an address that is none, or holds a password, is refused before anything is sent', () => {
    for (const baseUrl of [
      '',
      'http://127.0.0.1/v1?key=1',
      'ftp://host/v1',
      'http://me:secret@127.0.0.1/v1',
    ]) {
      assert.throws(
        () => openModel(baseUrl),
        (error) => isVariorumError(error) && error.detail.code === 'bad-request',
      );
    }
  });

  it('options out of range are refused before anything is sent', async () => {
    await assert.rejects(collect(openModel(server.baseUrl), { n: 0 }), isVariorumError);
    assert.equal(server.received.length, 0);
  });
});

describe('the list of models', () => {
  const never = new AbortController().signal;

  it("is the server's, with the length of the context where it tells", async () => {
    const server = await startReplayServer([recording('01-models')]);
    const models = await listModels({ baseUrl: server.baseUrl }, PARTS, never);
    await server.close();
    assert.deepEqual(models, [{ id: 'stories260K', contextLength: 512 }]);
  });

  it('reads the shapes there are, each model once', async () => {
    const shapes: [unknown, unknown][] = [
      [
        { data: [{ id: 'a', context_length: 8 }, { id: 'a' }, { id: 'b' }, 5, null, { id: '' }] },
        [{ id: 'a', contextLength: 8 }, { id: 'b' }],
      ],
      [{ models: [{ name: 'c' }] }, [{ id: 'c' }]],
      [[{ id: 'd', max_model_len: 4 }], [{ id: 'd', contextLength: 4 }]],
    ];
    for (const [answer, expected] of shapes) {
      const server = await TestServer.start((_, response) => sendJson(response, 200, answer));
      assert.deepEqual(await listModels({ baseUrl: server.baseUrl }, PARTS, never), expected);
      await server.close();
    }
  });

  it('fails with one clear error', async () => {
    for (const [fault, code] of [
      ['unauthorized', 'no-key'],
      ['not-found', 'not-found'],
      ['html', 'stream'],
      ['silent', 'timeout'],
      ['hangs-up', 'unreachable'],
    ] as const) {
      const server = await startFaultServer(fault);
      await assert.rejects(
        listModels(
          { baseUrl: server.baseUrl },
          { ...PARTS, timeouts: { first: 100, next: 100 } },
          never,
        ),
        (error) => isVariorumError(error) && error.detail.code === code,
        fault,
      );
      await server.close();
    }
  });
});
