import assert from 'node:assert/strict';
import type { Passage } from '../../../src/core/model/languageModel';
import type { TestServer } from '../../fixtures/testServer';
import { collect, openModel } from './harness';
import { bodies, serveUnless } from './objections';

/** What a branch began with, its last two words as this model's tokens. */
const FORKED: Passage = {
  before: 'It was late. She ran home',
  after: '',
  emitted: [
    { text: ' ran', id: 412 },
    { text: ' home', id: 77 },
  ],
};

describe('going on from tokens', () => {
  let server: TestServer;

  afterEach(() => server.close());

  it('sends the text before them, then their ids, so that they are cut as they were', async () => {
    server = await serveUnless(() => null);
    const { branches } = await collect(openModel(server.baseUrl), {}, FORKED);
    assert.equal(branches[0]?.text, 'Yes');
    assert.deepEqual(bodies(server)[0]?.['prompt'], ['It was late. She', 412, 77]);
  });

  it('sends text where ids are refused, and from then on', async () => {
    server = await serveUnless(({ prompt }) =>
      Array.isArray(prompt) ? [400, { error: { message: 'prompt must be a string' } }] : null,
    );
    const model = openModel(server.baseUrl);
    await collect(model, {}, FORKED);
    const { branches } = await collect(model, {}, FORKED);
    assert.equal(branches[0]?.text, 'Yes');
    assert.deepEqual(
      bodies(server).map(({ prompt }) => prompt),
      [['It was late. She', 412, 77], FORKED.before, FORKED.before],
    );
  });

  it('sends text to a chat model', async () => {
    server = await serveUnless(() => null);
    await collect(openModel(server.baseUrl, { api: 'chat' }), {}, FORKED);
    const sent = JSON.stringify(bodies(server)[0]?.['messages']);
    assert.ok(sent.includes('She ran home') && !sent.includes('412'), sent);
  });

  it('keeps off the text the space that the tokens begin with', async () => {
    server = await serveUnless(() => null);
    const before = 'It was late. She';
    const passage = { before, after: '', emitted: [{ text: 'She', id: 9 }] };
    await collect(openModel(server.baseUrl), {}, passage);
    assert.deepEqual(bodies(server)[0]?.['prompt'], ['It was late.', 9]);
  });
});
