import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  DIALECTS,
  dialectById,
  recognise,
  recogniseBySigns,
} from '../../../src/core/model/openai/dialects';
import {
  dialectFixture,
  dialectFixtures,
  settingsOf,
  startDialectServer,
} from '../../fixtures/dialectServer';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { beginStream, event, sendJson, sendStream, TestServer } from '../../fixtures/testServer';
import { collect, openModel, PASSAGE, pieces } from '../openai/harness';

let server: TestServer | undefined;

describe('the dialects of servers', () => {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  for (const name of dialectFixtures()) {
    it(`${name}: asks as it documents, and reads what it answers`, async () => {
      const fixture = dialectFixture(name);
      server = await startDialectServer(fixture);
      const { dialect, options, draft = PASSAGE.before } = fixture;
      const model = openModel(server.baseUrl, { dialect, ...settingsOf(fixture) });
      const { branches } = await collect(model, options, { before: draft, after: '' });
      const [request] = server.received;
      assert.equal(request?.path, fixture.path);
      const body = request.body as Record<string, unknown>;
      for (const [field, value] of Object.entries(fixture.body)) {
        assert.deepEqual(body[field], value, field);
      }
      assert.deepEqual(
        (fixture.absent ?? []).filter((field) => field in body),
        [],
      );
      const last = (body['messages'] as Record<string, unknown>[] | undefined)?.at(-1);
      for (const [field, value] of Object.entries(fixture.lastMessage ?? {})) {
        assert.deepEqual(last?.[field], value, field);
      }
      const [branch] = branches;
      assert.ok(branch);
      assert.equal(branch.error, undefined);
      assert.equal(branch.status, 'done');
      assert.equal(branch.text, fixture.text);
      assert.deepEqual(
        pieces(branch),
        fixture.tokens.map(({ text }) => text),
      );
      assert.deepEqual(
        branch.tokens.map(({ logprob, alternatives }) => [logprob, alternatives.length]),
        fixture.tokens.map(({ logprob, alternatives }) => [logprob, alternatives]),
      );
      assert.equal(model.capabilities.logprobs.value, 'yes');
    });
  }

  it('every dialect but the general one has an answer here, or recordings', () => {
    const shown = new Set(dialectFixtures().map((name) => dialectFixture(name).dialect));
    const left = DIALECTS.filter(({ id, basis }) => basis === 'documented' && !shown.has(id));
    assert.deepEqual(left, []);
    assert.deepEqual(
      DIALECTS.filter(({ basis }) => basis === 'recorded').map(({ id }) => id),
      ['llama.cpp'],
    );
  });

  it('the documentation has a row for each, and says where it is known from', () => {
    const rows = readFileSync('docs/models.md', 'utf8').split('\n');
    const sources = { recorded: 'recorded', documented: 'its documents', none: 'nothing' };
    for (const { id, basis } of DIALECTS) {
      assert.ok(
        rows.some((row) => row.startsWith(`| \`${id}\` | ${sources[basis]} |`)),
        id,
      );
    }
  });

  it('every API that a dialect prefers is one that it has', () => {
    for (const { id, apis, raw, talk } of DIALECTS) {
      assert.ok(
        [...(raw ? [raw] : []), ...talk].every((api) => apis[api] !== undefined),
        id,
      );
    }
  });
});

describe('which dialect it is', () => {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('is told by recordings of llama.cpp, by its list of models, and by nothing that anyone sends', () => {
    assert.equal(recognise({ answer: recording('01-models').response.json })?.id, 'llama.cpp');
    assert.equal(
      recognise({ answer: recording('07-completions-basic').response.json })?.id,
      'llama.cpp',
    );
    const anyone = { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'm', choices: [] };
    assert.equal(
      recognise({ answer: anyone, headers: { server: 'uvicorn', date: 'today' } }),
      undefined,
    );
    for (const odd of [null, 7, 'x', [], { data: [null, { owned_by: 3 }] }]) {
      assert.equal(recognise({ answer: odd }), undefined);
    }
  });

  it('is told by the signs in every fixture that holds any', () => {
    for (const name of dialectFixtures()) {
      const { dialect, headers = {}, events = [] } = dialectFixture(name);
      const clues = [{ headers }, ...events.map((answer) => ({ answer }))];
      const found = clues.flatMap((clue) => recognise(clue)?.id ?? []);
      assert.deepEqual(
        [...new Set(found)].filter((id) => id !== dialect),
        [],
        name,
      );
    }
  });

  it('is told by addresses of its own, in the order in which they are believed', async () => {
    const answers: Record<string, unknown> = {
      '/api/version': { version: '0.12.11' },
      '/version': { version: '0.12.11' },
    };
    const found = await recogniseBySigns((path) => Promise.resolve(answers[path]));
    assert.equal(found?.id, 'ollama');
    assert.equal(await recogniseBySigns(() => Promise.resolve(undefined)), undefined);
  });

  it('an Ollama that gives itself away is asked anew by its own API before anything is shown', async () => {
    const { lines = [] } = dialectFixture('ollama');
    server = await TestServer.start(({ path }, response) => {
      if (path === '/api/generate') {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      } else {
        const choice = { index: 0, text: 'As an assistant', finish_reason: null };
        const id = { id: 'cmpl-1', object: 'text_completion', system_fingerprint: 'fp_ollama' };
        sendStream(response, [{ ...id, choices: [choice] }]);
      }
    });
    const { branches } = await collect(openModel(server.baseUrl));
    assert.equal(branches[0]?.text, ' she left');
    assert.deepEqual(
      server.received.map(({ path }) => path),
      ['/v1/completions', '/api/generate'],
    );
  });

  it('what is set stands, whatever the answers look like', async () => {
    server = await startReplayServer([recording('33-completions-stream-logprobs')]);
    const model = openModel(server.baseUrl, { dialect: 'vllm' });
    await collect(model);
    assert.equal(model.capabilities.samplers?.xtcProbability, undefined);
    assert.equal(model.capabilities.samplers?.minP?.value, 'yes');
  });

  it('what llama.cpp takes is known after its first answer', async () => {
    server = await startReplayServer([recording('33-completions-stream-logprobs')]);
    const model = openModel(server.baseUrl);
    const known = () => [
      model.capabilities.samplers?.xtcProbability?.value,
      model.capabilities.samplers?.minP?.value,
    ];
    assert.deepEqual(known(), [undefined, 'unknown']);
    await collect(model);
    assert.deepEqual(known(), ['yes', 'yes']);
  });
});

describe('when a dialect does not go as it should', () => {
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('a sampler that is refused is left out from then on, and called so', async () => {
    server = await TestServer.start(({ body }, response) => {
      if ('top_k' in (body as object)) {
        sendJson(response, 400, { error: { message: 'Unsupported parameter: top_k' } });
      } else {
        sendStream(response, [{ choices: [{ index: 0, text: ' she', finish_reason: 'stop' }] }]);
      }
    });
    const model = openModel(server.baseUrl, { api: 'completions' });
    const { branches } = await collect(model, { topK: 20 });
    assert.equal(branches[0]?.text, ' she');
    assert.equal(model.capabilities.samplers?.topK?.value, 'no');
    assert.equal(model.capabilities.samplers.minP?.value, 'unknown');
  });

  it('a response that fails says why', async () => {
    const failed = {
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'The model broke.' } },
    };
    server = await TestServer.start((_request, response) => sendStream(response, [failed]));
    const { branches } = await collect(openModel(server.baseUrl, { api: 'responses' }));
    assert.match(branches[0]?.error?.message ?? '', /The model broke/);
  });

  it('an LM Studio without the Responses API is asked by chat', async () => {
    server = await TestServer.start(({ path }, response) => {
      if (path === '/v1/responses') {
        sendJson(response, 200, { error: 'Unexpected endpoint or method. (POST /v1/responses)' });
      } else {
        sendStream(response, [
          { choices: [{ index: 0, delta: { content: 'She' }, finish_reason: 'stop' }] },
        ]);
      }
    });
    const model = openModel(server.baseUrl, { dialect: 'lm-studio', strategy: 'few-shot' });
    const { branches } = await collect(model, {}, { before: 'It was late.\n\n', after: '' });
    assert.equal(branches[0]?.text, 'She');
    assert.equal(model.capabilities.logprobs.value, 'no');
  });

  it('a line of Ollama’s that is an error says what it says', async () => {
    server = await TestServer.start((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end('{"error":"llama runner process has terminated"}\n');
    });
    const { branches } = await collect(openModel(server.baseUrl, { dialect: 'ollama' }));
    assert.match(branches[0]?.error?.message ?? '', /runner process has terminated/);
  });

  it('KoboldCpp with nothing to tell afterwards: the text is there, its probabilities dropped', async () => {
    const fixture = { ...dialectFixture('koboldcpp') };
    server = await startDialectServer({
      ...fixture,
      late: { path: '/api/extra/last_logprobs', json: { logprobs: null } },
    });
    const model = openModel(server.baseUrl, { dialect: 'koboldcpp' });
    const { branches } = await collect(model);
    assert.equal(branches[0]?.text, ' she left');
    assert.equal(branches[0].tokens[0]?.missing, 'dropped');
    assert.equal(model.capabilities.logprobs.value, 'no');
  });

  it('text that waits for its probabilities is kept when the writer stops', async () => {
    const stop = new AbortController();
    server = await TestServer.start((_request, response) => {
      beginStream(response);
      const choice = { index: 0, text: ' she', finish_reason: null };
      response.write(event({ model: 'koboldcpp/m', choices: [choice] }));
      setTimeout(() => stop.abort(), 50);
    });
    const model = openModel(server.baseUrl, { dialect: 'koboldcpp' });
    const { branches } = await collect(model, {}, PASSAGE, stop.signal);
    assert.equal(branches[0]?.text, ' she');
    assert.equal(branches[0].status, 'stopped');
  });

  it('one continuation a request where it gives no more, one after the other for KoboldCpp', async () => {
    const fixture = dialectFixture('koboldcpp');
    server = await startDialectServer(fixture);
    const model = openModel(server.baseUrl, { dialect: 'koboldcpp' });
    const { branches } = await collect(model, { n: 3 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she left', ' she left', ' she left'],
    );
    assert.deepEqual(
      server.received.map(({ path }) => path),
      Array.from({ length: 3 }, () => ['/v1/completions', '/api/extra/last_logprobs']).flat(),
    );
  });

  it('a llama-server that gives no probabilities by the Responses API is asked without them', async () => {
    server = await startReplayServer([
      recording('84-responses-logprobs'),
      recording('83-responses'),
    ]);
    const model = openModel(server.baseUrl, { api: 'responses' });
    const { branches } = await collect(model, {}, { before: 'It was late.\n\n', after: '' });
    assert.equal(branches[0]?.text.trim(), 'little girl');
    assert.deepEqual(
      server.received.map(({ body }) => 'include' in (body as object)),
      [true, false],
    );
    assert.equal(model.capabilities.logprobs.value, 'no');
  });

  it('an id of no dialect counts as none', () => {
    assert.equal(dialectById('auto'), undefined);
  });
});
