import assert from 'node:assert/strict';
import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import type { LanguageModel, Options, Said } from '../../../src/core/model/languageModel';
import { recording, startReplayServer } from '../../fixtures/replayServer';
import { sendJson, sendStream, TestServer, type Handler } from '../../fixtures/testServer';
import { collect, openModel, OPTIONS, pieces } from './harness';

const MESSAGES: Said = {
  kind: 'messages',
  messages: [
    { role: 'system', text: 'You rewrite.' },
    { role: 'user', text: 'Rewrite this.' },
    { role: 'assistant', text: 'This, rewritten.' },
    { role: 'user', text: 'Another way.' },
  ],
};
const TEXT: Said = { kind: 'text', text: 'Draft: it rained.\n\nRevision: ' };

async function answers(
  model: LanguageModel,
  said: Said,
  options: Partial<Options> = {},
): Promise<readonly CollectedBranch[]> {
  const all = { ...OPTIONS, ...options };
  const collector = new Collector(all.n);
  for await (const chunk of model.answer?.(said, all, new AbortController().signal) ?? []) {
    collector.add(chunk);
  }
  return collector.branches;
}

interface RecordedEvent {
  choices: { logprobs?: { content: { logprob: number }[] } | null }[];
}

const chat = (delta: Record<string, unknown>, finish: string | null = null) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

describe('answers to what a model is told', () => {
  let server: TestServer | undefined;
  const start = async (handler: Handler) => (server = await TestServer.start(handler));
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('messages go out as they stand, to chat even where completions are known to work', async () => {
    const { baseUrl, received } = await start((request, response) => {
      const isChat = request.path.endsWith('/chat/completions');
      const plain = { choices: [{ index: 0, text: ' on', finish_reason: 'stop' }] };
      sendStream(response, [isChat ? chat({ content: 'Thus.' }, 'stop') : plain]);
    });
    const model = openModel(baseUrl);
    await collect(model);
    const [branch] = await answers(model, MESSAGES);
    assert.equal(branch?.text, 'Thus.');
    const { path, body } = received.at(-1) ?? {};
    assert.equal(path, '/v1/chat/completions');
    assert.deepEqual((body as { messages: unknown }).messages, [
      { role: 'system', content: 'You rewrite.' },
      { role: 'user', content: 'Rewrite this.' },
      { role: 'assistant', content: 'This, rewritten.' },
      { role: 'user', content: 'Another way.' },
    ]);
    assert.equal(model.capabilities.chat.value, 'yes');
  });

  it('raw text goes to completions as it stands, to its last space', async () => {
    const { baseUrl, received } = await start((_, response) =>
      sendStream(response, [{ choices: [{ index: 0, text: 'Rain.', finish_reason: 'stop' }] }]),
    );
    const [branch] = await answers(openModel(baseUrl), TEXT);
    assert.equal(branch?.text, 'Rain.');
    assert.equal(received.at(-1)?.path, '/v1/completions');
    assert.equal((received.at(-1)?.body as { prompt: string }).prompt, TEXT.text);
  });

  it('nothing is cleaned from a reply: preamble, fence and quotes stay for the caller to judge', async () => {
    const said = 'Sure, here is the continuation:\n\n```\n"It rained."\n```';
    const { baseUrl } = await start((_, response) =>
      sendStream(response, [
        ...said.split(/(?<=\s)/u).map((content) => chat({ content })),
        chat({}, 'stop'),
      ]),
    );
    const [branch] = await answers(openModel(baseUrl), MESSAGES);
    assert.equal(branch?.text, said);
  });

  it('thinking aloud stays out, in a field of its own or between tags', async () => {
    const { baseUrl } = await start((_, response) =>
      sendStream(response, [
        chat({ reasoning_content: 'Let me see.' }),
        chat({ content: '<think>Hm, ' }),
        chat({ content: 'rain.</think>\n\nIt ' }),
        chat({ content: 'poured.' }),
        chat({}, 'stop'),
      ]),
    );
    const [branch] = await answers(openModel(baseUrl), MESSAGES);
    assert.equal(branch?.text, 'It poured.');
  });

  it('every probability of a recorded chat is kept', async () => {
    const file = recording('46-chat-stream-logprobs-usage');
    server = await startReplayServer([file]);
    const [branch] = await answers(openModel(server.baseUrl), MESSAGES);
    assert.ok(branch);
    assert.equal(pieces(branch).join(''), branch.text);
    assert.ok(branch.tokens.length > 2);
    assert.ok(branch.tokens.every(({ logprob }) => logprob !== null));
    const recorded = (file.response.raw_sse ?? '')
      .split('\n\n')
      .filter((line) => line.startsWith('data: {'))
      .map((line) => JSON.parse(line.slice(6)) as RecordedEvent)
      .flatMap(({ choices }) => choices.flatMap((choice) => choice.logprobs?.content ?? []))
      .map(({ logprob }) => logprob);
    assert.deepEqual(
      branch.tokens.map(({ logprob }) => logprob),
      recorded,
    );
  });

  it('a refused parameter is left out of the next request, and fewer answers are asked for again', async () => {
    const { baseUrl, received } = await start(({ body }, response) => {
      if ('logprobs' in (body as object)) {
        const message = 'logprobs is not supported with this model.';
        sendJson(response, 400, { error: { message, param: 'logprobs' } });
        return;
      }
      sendStream(response, [chat({ content: 'So.' }, 'stop')]);
    });
    const branches = await answers(openModel(baseUrl), MESSAGES, { n: 2 });
    assert.deepEqual(
      branches.map(({ text, status }) => [text, status]),
      [
        ['So.', 'done'],
        ['So.', 'done'],
      ],
    );
    assert.equal(received.filter(({ body }) => 'logprobs' in (body as object)).length, 1);
  });

  it('a server without chat is known to have none, and asking again says so at once', async () => {
    const { baseUrl, received } = await start((_, response) =>
      sendJson(response, 400, {
        error: { message: 'The tokenizer has no chat template: you must provide one.' },
      }),
    );
    const model = openModel(baseUrl);
    const [first] = await answers(model, MESSAGES);
    assert.equal(first?.error?.code, 'unsupported');
    assert.equal(model.capabilities.chat.value, 'no');
    const [second] = await answers(model, MESSAGES);
    assert.match(second?.error?.message ?? '', /cannot be told anything in messages/);
    assert.equal(received.length, 1);
  });

  it('a model that is not there is no sign against chat', async () => {
    const { baseUrl } = await start((_, response) =>
      sendJson(response, 404, { error: { message: 'The model stories260K does not exist.' } }),
    );
    const model = openModel(baseUrl);
    const [branch] = await answers(model, MESSAGES);
    assert.equal(branch?.error?.code, 'not-found');
    assert.equal(model.capabilities.chat.value, 'unknown');
  });

  it('what is set decides what a model is said to take', () => {
    const at = (api: 'chat' | 'completions') => openModel('http://127.0.0.1:1/v1', { api });
    assert.equal(at('completions').capabilities.chat.value, 'no');
    assert.equal(at('chat').capabilities.raw.value, 'no');
    assert.equal(at('chat').capabilities.chat.value, 'unknown');
  });

  it('ends when it is called off', async () => {
    const { baseUrl } = await start((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify(chat({ content: 'It ' }))}\n\n`);
    });
    const stop = new AbortController();
    const collector = new Collector(1);
    const stream = openModel(baseUrl).answer?.(MESSAGES, OPTIONS, stop.signal);
    for await (const chunk of stream ?? []) {
      collector.add(chunk);
      stop.abort();
    }
    assert.equal(collector.branches[0]?.status, 'stopped');
    assert.equal(collector.branches[0].text, 'It ');
  });
});
