import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  discover,
  type Answer,
  type LocalServer,
} from '../../../src/core/model/discovery/discover';
import { DEFAULT_PORTS } from '../../../src/core/model/discovery/serverKinds';

const list = (owner: string, ...ids: string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model', owned_by: owner })),
});

/** What is found where these addresses answer like this, and who was asked. */
async function found(answers: Readonly<Record<string, unknown>>, ports = DEFAULT_PORTS) {
  const asked: string[] = [];
  const servers: LocalServer[] = [];
  await discover({
    ports,
    signal: new AbortController().signal,
    onFound: (server) => servers.push(server),
    get: async (url): Promise<Answer | null> => {
      asked.push(url);
      await Promise.resolve();
      const answer = answers[url.replace('http://127.0.0.1:', '')];
      return answer === undefined
        ? null
        : typeof answer === 'number'
          ? { status: answer, json: undefined }
          : { status: 200, json: answer };
    },
  });
  return { servers, asked };
}

describe('looking for local servers', () => {
  it('asks 127.0.0.1 only, on the default ports', async () => {
    const { asked, servers } = await found({});
    assert.deepEqual(servers, []);
    const expected = [8080, 9931, 11434, 1234, 8000, 5001, 5000, 30000];
    assert.deepEqual(
      [...asked].sort(),
      expected.map((port) => `http://127.0.0.1:${port}/v1/models`).sort(),
    );
  });

  it('knows a server by its answer, on any port', async () => {
    const { servers } = await found({
      '1234/v1/models': list('llamacpp', 'stories260K'),
      '8080/v1/models': list('vllm', 'llama'),
      '5000/v1/models': list('tabbyAPI', 'exl2'),
      '30000/v1/models': list('sglang', 'qwen'),
      '8000/v1/models': list('koboldcpp', 'koboldcpp/a'),
      '8000/api/version': { version: '0.7.0' },
    });
    const kinds = Object.fromEntries(servers.map(({ baseUrl, kind }) => [baseUrl, kind]));
    assert.deepEqual(kinds, {
      'http://127.0.0.1:1234/v1': 'llamaCpp',
      'http://127.0.0.1:8080/v1': 'vllm',
      'http://127.0.0.1:5000/v1': 'tabby',
      'http://127.0.0.1:30000/v1': 'sglang',
      'http://127.0.0.1:8000/v1': 'koboldCpp',
    });
  });

  it('knows those that do not name themselves by what only they answer', async () => {
    const { servers } = await found({
      '11434/v1/models': list('library', 'llama3.2:latest', 'qwen3:8b'),
      '11434/api/version': { version: '0.12.11' },
      '1234/v1/models': list('organization_owner', 'gemma'),
      '1234/api/v0/models': { data: [{ id: 'gemma', state: 'loaded' }] },
      '1234/api/version': { error: 'Unexpected endpoint or method.' },
      '5000/v1/models': list('user', 'mistral'),
      '5000/v1/internal/model/info': { model_name: 'mistral', lora_names: [] },
    });
    const byPort = new Map(servers.map((server) => [server.baseUrl, server]));
    assert.equal(byPort.get('http://127.0.0.1:11434/v1')?.kind, 'ollama');
    assert.deepEqual(byPort.get('http://127.0.0.1:11434/v1')?.models, [
      'llama3.2:latest',
      'qwen3:8b',
    ]);
    assert.equal(byPort.get('http://127.0.0.1:1234/v1')?.kind, 'lmStudio');
    assert.equal(byPort.get('http://127.0.0.1:5000/v1')?.kind, 'textGenerationWebui');
  });

  it('takes a server that it does not know, and nothing that lists no models', async () => {
    const { servers } = await found({
      '8080/v1/models': list('somebody', 'x'),
      '8000/v1/models': { hello: 'world' },
      '5000/v1/models': [1, 2],
      '5001/v1/models': 404,
      '30000/v1/models': 'text',
      '1234/v1/models': { data: [null, {}, { id: 7 }, { id: '' }, { id: 'good' }] },
    });
    const byUrl = servers.map(({ baseUrl, kind, models }) => [baseUrl, kind, ...models]).sort();
    assert.deepEqual(byUrl, [
      ['http://127.0.0.1:1234/v1', undefined, 'good'],
      ['http://127.0.0.1:8080/v1', undefined, 'x'],
    ]);
  });

  it('knows a real llama.cpp by what it answered', async () => {
    const file = new URL('../../fixtures/transcripts/01-models.json', import.meta.url);
    const { response } = JSON.parse(readFileSync(file, 'utf8')) as { response: { json: unknown } };
    const { servers } = await found({ '9931/v1/models': response.json });
    assert.deepEqual(servers, [
      {
        baseUrl: 'http://127.0.0.1:9931/v1',
        kind: 'llamaCpp',
        models: ['stories260K'],
        needsKey: false,
      },
    ]);
  });

  it('names a server that wants a key only when it is known for what it is', async () => {
    const { servers } = await found({
      '5000/v1/models': 401,
      '5000/health': { status: 'healthy', issues: [] },
      '8000/v1/models': 401,
      '8000/version': { version: '0.11.0' },
      '8080/v1/models': 401,
    });
    const kinds = Object.fromEntries(servers.map((server) => [server.kind ?? '', server.needsKey]));
    assert.deepEqual(kinds, { tabby: true, vllm: true });
  });

  it('tells of each as it is found, and of none after it was called off', async () => {
    const controller = new AbortController();
    const order: string[] = [];
    const slow = new Map<string, () => void>();
    const looking = discover({
      ports: [1, 2, 3],
      signal: controller.signal,
      onFound: ({ baseUrl }) => order.push(baseUrl),
      get: (url) =>
        new Promise((resolve) => {
          slow.set(url, () => resolve({ status: 200, json: list('vllm', 'm') }));
        }),
    });
    slow.get('http://127.0.0.1:2/v1/models')?.();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(order, ['http://127.0.0.1:2/v1']);
    slow.get('http://127.0.0.1:1/v1/models')?.();
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    slow.get('http://127.0.0.1:3/v1/models')?.();
    await looking;
    assert.deepEqual(order, ['http://127.0.0.1:2/v1', 'http://127.0.0.1:1/v1']);
  });
});
