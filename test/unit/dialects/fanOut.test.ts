import assert from 'node:assert/strict';
import { Collector } from '../../../src/core/model/collector';
import type { Options, Passage } from '../../../src/core/model/languageModel';
import type { Endpoint } from '../../../src/core/model/openai/endpoint';
import { continueApart, type Begun } from '../../../src/core/spread/continueApart';
import { sendJson, sendStream, TestServer } from '../../fixtures/testServer';
import { collect, openModel, OPTIONS } from '../openai/harness';

const DRAFT = `${'She went out, and he looked after her.\n\n'.repeat(40)}Then`;
const FIRST = [
  { id: 7, token: ' she', logprob: -0.7 },
  { id: 8, token: ' he', logprob: -2.3 },
];

type Body = Record<string, unknown>;

let server: TestServer;
let begun: Begun[];

/** A server that tells two first words, and then goes on with what it is given. */
async function fanOut(endpoint: Partial<Endpoint>, more: Partial<Options> = {}) {
  server = await TestServer.start(({ path, body }, response) => {
    const asked = body as Body;
    const isChat = path.includes('chat');
    const isFirst = asked['max_tokens'] === 1;
    const said = isFirst ? ' she' : '…';
    const entry = { ...FIRST[0], top_logprobs: isFirst ? FIRST : [] };
    const choice = {
      index: 0,
      ...(isChat ? { delta: { content: said } } : { text: said }),
      logprobs: { content: [isFirst ? entry : { token: said, logprob: -0.1, top_logprobs: [] }] },
      finish_reason: 'stop',
    };
    sendStream(response, [{ choices: [choice] }]);
  });
  begun = [];
  const options = { ...OPTIONS, n: 2, maxTokens: 9, ...more };
  const collector = new Collector(2);
  const passage: Passage = { before: DRAFT, after: '' };
  const model = openModel(server.baseUrl, endpoint);
  const onBegun = (one: Begun) => begun.push(one);
  const { signal } = new AbortController();
  for await (const chunk of continueApart(model, passage, options, [], signal, { onBegun })) {
    collector.add(chunk);
  }
  const bodies = server.received.map(({ body }) => body as Body);
  return { branches: collector.branches, first: bodies[0] ?? {}, rest: bodies.slice(1) };
}

describe('branches from different first words, over the wire', () => {
  afterEach(() => server.close());

  it('llama.cpp: one token with its alternatives, then each word by its id', async () => {
    const { branches, first, rest } = await fanOut({ dialect: 'llama.cpp' });
    assert.equal(first['max_tokens'], 1);
    assert.equal(first['logprobs'], 20);
    assert.deepEqual(
      rest.map(({ prompt }) => (prompt as unknown[]).at(-1)),
      [7, 8],
    );
    assert.deepEqual(
      branches.map(({ text, tokens }) => [text, tokens[0]?.logprob]),
      [
        [' she…', -0.7],
        [' he…', -2.3],
      ],
    );
    assert.deepEqual(
      begun.map(({ branch, opening, instead }) => [branch, opening.text, instead]),
      [
        [0, ' she', ' she'],
        [1, ' he', ' she'],
      ],
    );
  });

  it('a chat model that goes on with a reply begun: the word ends that reply', async () => {
    const { branches, rest } = await fanOut({ dialect: 'vllm', api: 'chat' });
    const replies = rest.map(({ messages }) => (messages as { content: string }[]).at(-1)?.content);
    assert.deepEqual(
      replies.map((reply) => reply?.split('\n').at(-1)),
      ['Then she', 'Then he'],
    );
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she…', ' he…'],
    );
  });

  it('one that does not: the second branch is kept from the first word', async () => {
    const { rest } = await fanOut({ dialect: 'llama.cpp', strategy: 'few-shot' });
    assert.deepEqual(
      rest.map(({ logit_bias: bias }) => bias),
      [undefined, { 7: -100 }],
    );
  });
});

describe('what a kind of server is not asked', () => {
  afterEach(() => server.close());

  it('llama.cpp ignores a suffix, so the text after the place is not said to be read', async () => {
    const choice = { index: 0, text: ' she', finish_reason: 'stop' };
    server = await TestServer.start((_request, response) =>
      sendStream(response, [{ choices: [choice] }]),
    );
    const model = openModel(server.baseUrl, { dialect: 'llama.cpp', strategy: 'infill' });
    const passage = { before: 'Then', after: ' The end.' };
    assert.equal(model.prompt(passage, OPTIONS).strategy, 'raw');
    await collect(model, {}, passage);
    assert.ok(!('suffix' in (server.received[0]?.body as Body)));
    assert.equal(model.capabilities.infill.value, 'no');
  });

  it('a number that is out of the server’s range is told to the writer, not left out in silence', async () => {
    const message =
      "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 5 instead.";
    server = await TestServer.start((_request, response) =>
      sendJson(response, 400, { error: { message, param: 'temperature', code: null } }),
    );
    const model = openModel(server.baseUrl, { dialect: 'openai', api: 'chat' });
    const { branches } = await collect(model, { temperature: 5 });
    assert.match(branches[0]?.error?.message ?? '', /above maximum value/);
    assert.equal(server.received.length, 1);
  });
});
