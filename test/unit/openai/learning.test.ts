import assert from 'node:assert/strict';
import { chatEvent } from '../../fixtures/faultServer';
import { sendStream, TestServer } from '../../fixtures/testServer';
import {
  collect as collectAt,
  collectParagraph as collect,
  NEW_PARAGRAPH,
  openModel,
  OPTIONS,
} from './harness';
import { bodies, CHAT, LOGPROBS, paths, serveUnless } from './objections';

describe('learning from answers', () => {
  let server: TestServer;

  async function serve(...unless: Parameters<typeof serveUnless>): Promise<TestServer> {
    return (server = await serveUnless(...unless));
  }

  afterEach(() => server.close());

  it('goes on with chat where there are no completions, and remembers it', async () => {
    server = await serve((_, path) =>
      path === '/v1/completions'
        ? [404, { error: { message: 'This is a chat model and not supported in v1/completions' } }]
        : null,
    );
    const model = openModel(server.baseUrl);
    assert.equal(model.capabilities.raw.value, 'unknown');
    assert.equal(model.prompt(NEW_PARAGRAPH, OPTIONS).strategy, 'raw');
    for (let time = 0; time < 2; time++) {
      const { branches } = await collect(model);
      assert.equal(branches[0]?.text, 'Yes');
    }
    assert.deepEqual(paths(server), ['/completions', '/chat/completions', '/chat/completions']);
    assert.equal(model.capabilities.raw.value, 'no');
    assert.match(model.capabilities.raw.evidence, /404.*chat model/);
    assert.notEqual(model.prompt(NEW_PARAGRAPH, OPTIONS).strategy, 'raw');
  });

  it('sends less where a request was too long, and tells how much', async () => {
    const limit = 200;
    const before = 'One more line of a long story, for the length of it.\n\n'.repeat(80);
    const lengthOf = ({ prompt }: Record<string, unknown>) => String(prompt).length / 3.5;
    for (const says of [
      {
        type: 'exceed_context_size_error',
        message: 'too long',
        n_prompt_tokens: 999,
        n_ctx: limit,
      },
      {
        message: `This model's maximum context length is ${limit} tokens, but 999 were asked for.`,
      },
      { code: 'context_length_exceeded', message: 'Too long.' },
    ]) {
      server = await serve((body) => (lengthOf(body) > limit - 20 ? [400, { error: says }] : null));
      const model = openModel(server.baseUrl, { api: 'completions' });
      const passage = { before, after: '' };
      assert.equal(model.prompt(passage, OPTIONS).cut, undefined);
      const { branches } = await collectAt(model, {}, passage);
      assert.deepEqual(
        branches.map(({ text, error }) => [text, error]),
        [['Yes', undefined]],
      );
      const sent = String(bodies(server).at(-1)?.['prompt']);
      assert.ok(before.endsWith(sent) && sent.startsWith('One'), sent);
      const { cut, parts } = model.prompt(passage, OPTIONS);
      assert.equal(parts[0]?.text, sent);
      assert.ok(cut?.limit !== undefined && cut.before >= before.length - sent.length - 2);
      const requests = server.received.length;
      await collectAt(model, {}, passage);
      assert.equal(server.received.length, requests + 1, 'it asked for too much again');
      await server.close();
    }
  });

  it('says so where nothing could be left out', async () => {
    const says = {
      type: 'exceed_context_size_error',
      message: 'x',
      n_prompt_tokens: 90,
      n_ctx: 64,
    };
    server = await serve(() => [400, { error: says }]);
    const { branches } = await collect(openModel(server.baseUrl, { api: 'completions' }));
    assert.equal(branches[0]?.error?.code, 'context');
    assert.match(branches[0].error.message, /90 tokens long; the model takes 64/);
    assert.ok(server.received.length <= 11);
  });

  it('stays with completions where only a parameter is refused, whatever the words', async () => {
    server = await serve(({ n, stream_options }) => {
      if (n !== undefined) {
        return [500, { error: { message: 'Only one completion choice is allowed' } }];
      }
      return stream_options === undefined
        ? null
        : [400, { error: { message: 'stream_options is only supported by chat completions' } }];
    });
    const { branches } = await collect(openModel(server.baseUrl), { n: 2 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      ['Yes', 'Yes'],
    );
    assert.ok(paths(server).every((path) => path === '/completions'));
  });

  it('goes on with chat where the model is for that alone, by any status', async () => {
    for (const [status, message] of [
      [400, 'The completion operation does not work with the specified model'],
      [400, 'completions api is only available when using beta api'],
      [403, 'This is a chat model: use /v1/chat/completions'],
      [405, 'Method Not Allowed'],
      [501, ''],
    ] as const) {
      server = await serve((_, path) =>
        path === '/v1/completions' ? [status, { error: { message } }] : null,
      );
      const { branches } = await collect(openModel(server.baseUrl));
      assert.equal(branches[0]?.text, 'Yes', message);
      await server.close();
    }
  });

  it('a model that neither API knows says nothing about the APIs', async () => {
    let there = false;
    server = await serve(() => (there ? null : [404, { error: { message: 'no such model' } }]));
    const model = openModel(server.baseUrl);
    const { branches } = await collect(model);
    assert.equal(branches[0]?.error?.code, 'not-found');
    there = true;
    await collect(model);
    assert.equal(paths(server).at(-1), '/completions');
  });

  it('what the settings say is kept to', async () => {
    server = await serve((_, path) =>
      path === '/v1/completions' ? [404, { error: { message: 'Not here' } }] : null,
    );
    for (const endpoint of [{ api: 'completions' }, { strategy: 'raw' }] as const) {
      const { branches } = await collect(openModel(server.baseUrl, endpoint));
      assert.equal(branches[0]?.error?.code, 'not-found');
    }
    assert.deepEqual(paths(server), ['/completions', '/completions']);
  });

  it('a server that writes fewer branches than asked is asked for the others', async () => {
    server = await serve(
      () => null,
      () => 1,
    );
    const model = openModel(server.baseUrl, CHAT);
    const { branches } = await collect(model, { n: 4, seed: 100 });
    assert.deepEqual(
      branches.map(({ text, status }) => [text, status]),
      Array.from({ length: 4 }, () => ['Yes', 'done']),
    );
    const seeds = (from: number): unknown[] =>
      bodies(server)
        .slice(from)
        .map(({ seed }) => seed);
    assert.deepEqual(seeds(0).sort(), [100, 101, 102, 103]);
    await collect(model, { n: 3, seed: 50 });
    assert.deepEqual(seeds(4).sort(), [50, 51, 52]);
  });

  it('a server that writes more branches than asked is listened to for those', async () => {
    server = await serve(
      () => null,
      () => 9,
    );
    const { branches } = await collect(openModel(server.baseUrl, CHAT), { n: 2 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      ['Yes', 'Yes'],
    );
    assert.equal(server.received.length, 1);
  });

  it('capabilities say what was seen', async () => {
    let logprobs = true;
    server = await TestServer.start((_, response) =>
      sendStream(response, [
        {
          choices: [
            {
              index: 0,
              delta: { content: 'Yes' },
              logprobs: logprobs ? LOGPROBS : null,
              finish_reason: 'stop',
            },
          ],
        },
      ]),
    );
    const model = openModel(server.baseUrl, CHAT);
    assert.equal(model.capabilities.logprobs.value, 'unknown');
    await collect(model);
    assert.equal(model.capabilities.logprobs.value, 'yes');
    assert.equal(model.capabilities.logprobs.semantics, 'unknown');
    logprobs = false;
    const { branches } = await collect(model);
    assert.equal(branches[0]?.tokens[0]?.missing, 'dropped');
    assert.equal(model.capabilities.logprobs.value, 'no');
    assert.match(model.capabilities.logprobs.evidence, /did not come/);
  });

  it('where logprobs are refused, tokens are unsupported and not dropped', async () => {
    server = await serve(({ logprobs }) =>
      logprobs === undefined ? null : [400, { error: { message: 'logprobs is not supported' } }],
    );
    const { branches } = await collect(openModel(server.baseUrl, CHAT));
    assert.equal(branches[0]?.tokens[0]?.missing, 'unsupported');
  });

  it('a prefill that the server does not take becomes a few-shot prompt', async () => {
    server = await serve(({ messages }) =>
      (messages as { role: string }[]).at(-1)?.role === 'assistant' || server.received.length === 1
        ? [400, { error: { message: 'Assistant response prefill is incompatible with thinking' } }]
        : null,
    );
    const model = openModel(server.baseUrl, { strategy: 'prefill' });
    assert.equal(model.capabilities.prefill.value, 'yes');
    assert.equal(model.prompt(NEW_PARAGRAPH, OPTIONS).strategy, 'prefill');
    const { branches } = await collect(model);
    assert.equal(branches[0]?.text, 'Yes');
    assert.equal(model.capabilities.prefill.value, 'no');
    assert.equal(model.prompt(NEW_PARAGRAPH, OPTIONS).strategy, 'instruction');
    assert.equal(bodies(server).at(-1)?.['continue_final_message'], undefined);
  });

  it('a message that is repeated and gone on with shows that a prefill works', async () => {
    server = await TestServer.start(({ body }, response) => {
      const { messages } = body as { messages: { content: string }[] };
      sendStream(response, [chatEvent(`${messages.at(-1)?.content} Yes`, 0, 'stop')]);
    });
    const model = openModel(server.baseUrl, { strategy: 'prefill' });
    const { branches } = await collect(model);
    assert.equal(branches[0]?.text, ' Yes');
    assert.match(model.capabilities.prefill.evidence, /went on/);
  });

  it('tells the usage once, with the last branch', async () => {
    server = await TestServer.start((_, response) =>
      sendStream(response, [
        chatEvent('a', 0, 'stop'),
        chatEvent('b', 1, 'length'),
        { choices: [], usage: { prompt_tokens: 10, completion_tokens: 2, cost: 0.5 } },
      ]),
    );
    const { chunks } = await collect(openModel(server.baseUrl, CHAT), { n: 2 });
    assert.deepEqual(
      chunks.filter(({ kind }) => kind === 'end'),
      [
        { branch: 0, kind: 'end', finish: 'stop' },
        {
          branch: 1,
          kind: 'end',
          finish: 'length',
          usage: { promptTokens: 10, completionTokens: 2, cost: 0.5 },
        },
      ],
    );
  });
});
