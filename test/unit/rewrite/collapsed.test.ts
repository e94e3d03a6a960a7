import assert from 'node:assert/strict';
import { Collector } from '../../../src/core/model/collector';
import { findDerailed } from '../../../src/core/collapse/derailed';
import { readSubject } from '../../../src/core/collapse/reading';
import { messagesFor } from '../../../src/core/rewrite/said';
import { deal } from '../../../src/core/rewrite/deal';
import { PASSAGE, startCollapsingServer } from '../../fixtures/collapsingServer';
import type { TestServer } from '../../fixtures/testServer';
import { openModel, OPTIONS } from '../openai/harness';
import { compareTexts, findModes, PARTS, REQUEST, rewritten } from './harness';

const modesOf = (texts: readonly string[]) => findModes(compareTexts(texts)).length;

describe('rewriting with a model that has collapsed, over sockets', () => {
  let server: TestServer;
  beforeEach(async () => (server = await startCollapsingServer()));
  afterEach(() => server.close());

  it('five plain requests say one thing', async () => {
    const [strategy] = deal([], PARTS.strategies, 1);
    assert.ok(strategy);
    const said = messagesFor(strategy, PARTS.strategies, REQUEST, { taken: [], n: 1 });
    const collector = new Collector(5);
    const model = openModel(server.baseUrl, { api: 'chat' });
    const stream = model.answer?.(said, { ...OPTIONS, n: 5 }, new AbortController().signal);
    for await (const chunk of stream ?? []) {
      collector.add(chunk);
    }
    assert.equal(modesOf(collector.branches.map(({ text }) => text)), 1);
  });

  it('five rewrites are in four modes at least, sound, and what was thrown away is told', async () => {
    const { branches, abouts, again } = await rewritten(openModel(server.baseUrl, { api: 'chat' }));
    const texts = branches.map(({ text }) => text);
    assert.ok(branches.every(({ status }) => status === 'done'));
    assert.ok(modesOf(texts) >= 4, `${modesOf(texts)} modes`);
    assert.ok(texts.every((text) => findDerailed(readSubject({ text })).length === 0));
    assert.ok(texts.every((text) => !/here is|\*\*|^"/iu.test(text) && text !== PASSAGE));
    // It does not listen every third time, so something has been thrown away.
    assert.ok(again.length > 0);
    assert.deepEqual(
      abouts.flatMap((about) => about?.attempts ?? []).map(({ fault }) => fault.kind),
      again.map(({ fault }) => fault.kind),
    );
    assert.ok(again.every(({ fault }) => fault.kind === 'near'));
    assert.ok(abouts.every((about) => about?.strategy === 'in-context' && !about.fault));
  });

  it('moves of style at once come apart too, although each begins alike', async () => {
    const model = openModel(server.baseUrl, { api: 'chat' });
    const { branches, abouts } = await rewritten(model, { strategies: ['style'] });
    assert.ok(modesOf(branches.map(({ text }) => text)) >= 4);
    assert.equal(new Set(abouts.map((about) => about?.strategy)).size, 5);
  });

  it('the usage of all tries is told', async () => {
    const model = openModel(server.baseUrl, { api: 'chat' });
    const { branches, abouts } = await rewritten(model, { n: 2 });
    const requests = server.received.length;
    const told = abouts.reduce((sum, about) => sum + (about?.usage?.promptTokens ?? 0), 0);
    const sent = server.received.reduce(
      (sum, { body }) =>
        sum +
        Math.ceil(
          (body as { messages: { content: string }[] }).messages
            .map(({ content }) => content)
            .join('\n').length / 4,
        ),
      0,
    );
    assert.ok(requests >= 2);
    assert.equal(told, sent);
    assert.deepEqual(branches[0]?.usage, abouts[0]?.usage);
  });

  it('a bound on tokens ends the asking again; what came is shown with its fault', async () => {
    const model = openModel(server.baseUrl, { api: 'chat' });
    const { branches, abouts } = await rewritten(model, { n: 4 }, { limits: { tokens: 1 } });
    assert.equal(server.received.length, 4);
    assert.ok(branches.every(({ status, text }) => status === 'done' && text !== ''));
    assert.ok(abouts.some((about) => about?.fault?.kind === 'near'));
  });
});
