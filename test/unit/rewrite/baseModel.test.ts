import assert from 'node:assert/strict';
import { PASSAGE, saidIn, VERSIONS } from '../../fixtures/collapsingServer';
import {
  beginStream,
  event,
  sendJson,
  sendStream,
  TestServer,
  type Handler,
} from '../../fixtures/testServer';
import { openModel } from '../openai/harness';
import { rewritten } from './harness';

const version = (at: number) => VERSIONS[at] ?? '';
const token = (text: string, finish: string | null = null) => ({
  object: 'text_completion',
  choices: [
    {
      index: 0,
      text,
      finish_reason: finish,
      logprobs: { tokens: [text], token_logprobs: [-0.5], top_logprobs: [{ [text]: -0.5 }] },
    },
  ],
});

/** A base model: it writes the next version and goes on with the transcript after it. */
const base = (): Handler => {
  let asked = 0;
  return ({ path }, response) => {
    if (path.endsWith('/chat/completions')) {
      sendJson(response, 400, { error: { message: 'This model has no chat template.' } });
      return;
    }
    const text = `${version(asked++)}\n\nVersion ${asked + 1}:\nAnd on and on`;
    sendStream(response, [
      ...(text.match(/\s*\S+/gu) ?? []).map((each) => token(each)),
      token('', 'length'),
    ]);
  };
};

describe('rewriting with a base model, over sockets', () => {
  let server: TestServer | undefined;
  const start = async (handler: Handler) => (server = await TestServer.start(handler));
  afterEach(() => server?.close());

  it('gives it a transcript, cuts at the next label and keeps the probabilities', async () => {
    const { baseUrl, received } = await start(base());
    const { branches, abouts } = await rewritten(openModel(baseUrl, { api: 'completions' }), {
      n: 3,
    });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(1), version(2)],
    );
    assert.ok(
      branches.every(({ finish, tokens }) => finish === 'stop' && tokens[0]?.logprob === -0.5),
    );
    assert.ok(abouts.every((about) => about?.fault === undefined));
    const [first = '', , third = ''] = received.map(saidIn);
    assert.ok(first.endsWith('Version 1:\n') && third.endsWith('Version 3:\n'));
    assert.ok(third.includes(`Version 2:\n${version(1)}`));
  });

  it('finds out that a server has no chat, once, and goes on with a transcript', async () => {
    const { baseUrl, received } = await start(base());
    const { branches } = await rewritten(openModel(baseUrl), { n: 2 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(1)],
    );
    assert.equal(received.filter(({ path }) => path.endsWith('/chat/completions')).length, 1);
  });

  it('finds it out of several requests at once', async () => {
    const { baseUrl } = await start(base());
    const { branches } = await rewritten(openModel(baseUrl), { n: 3, strategies: ['style'] });
    assert.deepEqual(
      branches.map(({ text }) => text).sort(),
      [version(0), version(1), version(2)].sort(),
    );
  });

  it('a batch is asked for one after the other', async () => {
    const { baseUrl, received } = await start(base());
    const model = openModel(baseUrl, { api: 'completions' });
    const { branches } = await rewritten(model, { n: 2, strategies: ['tail'] });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(1)],
    );
    assert.equal(received.length, 2);
  });

  it('closes the request when the version has ended', async () => {
    const { baseUrl, received } = await start((_, response) => {
      beginStream(response);
      response.write(
        [version(0), '\n\nVersion', ' 2:', '\nAnd'].map((each) => event(token(each))).join(''),
      );
    });
    const { branches } = await rewritten(openModel(baseUrl, { api: 'completions' }), { n: 1 });
    assert.equal(branches[0]?.text, version(0));
    assert.equal(await received[0]?.over, 'closed');
  });

  it('a version that never ends is asked for again, then shown as broken off', async () => {
    const { baseUrl } = await start((_, response) =>
      sendStream(response, [token(version(0)), token('', 'length')]),
    );
    const model = openModel(baseUrl, { api: 'completions' });
    const { branches, abouts } = await rewritten(model, { n: 1 }, { limits: { tries: 2 } });
    assert.equal(branches[0]?.text, version(0));
    assert.equal(abouts[0]?.fault?.kind, 'truncated');
  });

  it('a passage with labels of its own does not end the first word', async () => {
    const { baseUrl } = await start(base());
    const source = `Draft: ${PASSAGE}`;
    const { branches } = await rewritten(openModel(baseUrl, { api: 'completions' }), {
      n: 1,
      source,
    });
    assert.equal(branches[0]?.text, version(0));
  });
});
