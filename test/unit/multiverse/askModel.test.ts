import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Passage, Usage } from '../../../src/core/model/languageModel';
import { abilityOf, askModel, LISTED } from '../../../src/core/multiverse/askModel';
import { expandByAsking } from '../../../src/core/multiverse/expand';
import { Multiverse } from '../../../src/core/multiverse/multiverse';
import { renderPrompt } from '../../../src/core/prompt/renderPrompt';
import { scriptedModel, writes, writesPlain } from '../../fixtures/scriptedModel';
import { sendJson, sendStream, TestServer } from '../../fixtures/testServer';
import { openModel } from '../openai/harness';
import { gather, never, options, sketch } from '../sketch/helpers';

const bytes = readFileSync(new URL('../../../media/sketch.bin', import.meta.url));
const DRAFT =
  'The ferry was late again, and nobody on the quay had said a word for an hour. “Well,” she said, “it';
const quiet = () => undefined;

describe('asking Sketch what follows', () => {
  for (const before of [DRAFT, `${DRAFT} `, 'It rained.\n\n', 'She was waiting for the riv']) {
    it(`agrees with the branches that it writes after ${JSON.stringify(before.slice(-12))}`, async () => {
      const model = sketch(bytes);
      const passage: Passage = { before, after: '' };
      const asked = options({ n: 4, maxTokens: 12 });
      const { texts, tokens } = await gather(model.continue(passage, asked, never()));
      const ask = askModel(model, passage, 100, quiet);
      let compared = 0;
      for (const [branch, text] of texts.entries()) {
        const written = (tokens[branch] ?? []).map((token) => text.slice(token.start, token.end));
        for (const [at, token] of (tokens[branch] ?? []).entries()) {
          const told = await ask(written.slice(0, at), never());
          const entry = told?.entries.find((each) => each.text === written[at]);
          if (entry) {
            compared += 1;
            assert.ok(
              Math.abs(entry.probability - Math.exp(token.logprob ?? 0)) < 1e-6,
              `${written.slice(0, at + 1).join('|')}: ${entry.probability}`,
            );
          }
        }
      }
      assert.ok(compared >= 16, `only ${compared} were among the likeliest`);
    });
  }

  it('lists nothing twice, and leaves out what it does not list', async () => {
    const ask = askModel(sketch(bytes), { before: DRAFT, after: '' }, LISTED, quiet);
    for (const path of [[], [' was'], [' was', ' a'], ['\n\n']]) {
      const told = await ask(path, never());
      assert.ok(told);
      assert.ok(told.entries.length >= LISTED - 2, `${told.entries.length}`);
      const sum = told.entries.reduce((all, { probability }) => all + probability, told.tail);
      assert.ok(Math.abs(sum - 1) < 1e-9);
      assert.ok(told.tail > 0);
    }
  });
});

describe('asking a server what follows', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.close());

  /** Tells the same list wherever it is asked, over the completions API. */
  const completions = () =>
    TestServer.start((_, response) => {
      const top = { ' the': Math.log(0.5), ' a': Math.log(0.25) };
      const logprobs = {
        tokens: [' a'],
        token_logprobs: [Math.log(0.25)],
        top_logprobs: [top],
        text_offset: [0],
      };
      sendStream(response, [
        { choices: [{ index: 0, text: ' a', logprobs, finish_reason: 'length' }] },
        { choices: [], usage: { prompt_tokens: 9, completion_tokens: 1, cost: 0.001 } },
      ]);
    });

  it('sends the path exactly as it was written, one token a request', async () => {
    server = await completions();
    const usages: Usage[] = [];
    const passage = { before: 'It was late. ', after: '' };
    const ask = askModel(openModel(server.baseUrl), passage, LISTED, (usage) => usages.push(usage));
    const first = await ask([], never());
    const deep = await ask(['the', ' ', '\n\n'], never());
    const bodies = server.received.map(({ body }) => body as Record<string, unknown>);
    assert.deepEqual(
      bodies.map(({ prompt }) => prompt),
      ['It was late.', 'It was late. the \n\n'],
    );
    assert.ok(bodies.every((body) => body['max_tokens'] === 1 && body['temperature'] === 1));
    assert.deepEqual(
      first?.entries.map(({ text }) => text),
      ['the', 'a'],
      'the space is in the draft already',
    );
    assert.deepEqual(
      deep?.entries.map(({ text }) => text),
      [' the', ' a'],
    );
    assert.deepEqual(
      usages.map(({ cost }) => cost),
      [0.001, 0.001],
    );
  });

  it('takes a first token that is nothing but white space', async () => {
    server = await TestServer.start((_, response) => {
      const top = { '\n\n': Math.log(0.7), ' a': Math.log(0.25) };
      const logprobs = {
        tokens: ['\n\n'],
        token_logprobs: [Math.log(0.7)],
        top_logprobs: [top],
        text_offset: [0],
      };
      sendStream(response, [
        { choices: [{ index: 0, text: '\n\n', logprobs, finish_reason: 'length' }] },
      ]);
    });
    const ask = askModel(openModel(server.baseUrl), { before: 'Late.', after: '' }, 5, quiet);
    assert.deepEqual(
      (await ask([], never()))?.entries.map(({ text }) => text),
      ['\n\n', ' a'],
    );
  });

  it('makes nothing of a chat answer, which does not go on with the text', async () => {
    server = await TestServer.start(({ path }, response) => {
      if (!path.includes('/chat/')) {
        sendJson(response, 404, { error: { message: 'not here' } });
        return;
      }
      const entry = {
        token: 'Sure',
        logprob: -0.1,
        bytes: null,
        top_logprobs: [{ token: 'Sure', logprob: -0.1, bytes: null }],
      };
      sendStream(response, [
        {
          choices: [
            {
              index: 0,
              delta: { content: 'Sure' },
              logprobs: { content: [entry] },
              finish_reason: 'length',
            },
          ],
        },
      ]);
    });
    const passage = { before: 'It was late.', after: '' };
    const model = openModel(server.baseUrl);
    assert.equal(abilityOf(model, passage).can, 'perhaps');
    const multiverse = new Multiverse();
    const bounds = { from: 0, cutoff: 0.01, requests: 5, atOnce: 1, listed: LISTED };
    await expandByAsking(
      multiverse,
      askModel(model, passage, LISTED, quiet),
      bounds,
      never(),
      quiet,
    );
    assert.equal(multiverse.size, 1);
    const ability = abilityOf(model, passage);
    assert.ok(ability.can === 'no' && ability.lacks === 'raw', JSON.stringify(ability));
  });

  it('fails with what the server said', async () => {
    server = await TestServer.start((_, response) =>
      sendJson(response, 401, { error: { message: 'no such key' } }),
    );
    const ask = askModel(openModel(server.baseUrl), { before: 'Late.', after: '' }, 5, quiet);
    await assert.rejects(ask([], never()), /key/);
  });
});

describe('whether a model can be asked', () => {
  const passage = { before: 'It was late.', after: '' };
  const no = { value: 'no', evidence: 'It said so.' } as const;
  const model = (capabilities: Parameters<typeof scriptedModel>[0]['capabilities']) =>
    scriptedModel({ branches: [writesPlain(['x'])], ...(capabilities ? { capabilities } : {}) });

  it('depends on its alternatives', () => {
    assert.deepEqual(abilityOf(model({}), passage), { can: 'yes' });
    assert.deepEqual(abilityOf(model({ logprobs: { ...no, semantics: 'raw' } }), passage), {
      ...{ can: 'no', lacks: 'alternatives', evidence: 'It said so.' },
    });
    const one = { value: 'yes', evidence: 'One.', max: 1 } as const;
    assert.equal(abilityOf(model({ alternatives: one }), passage).can, 'no');
  });

  it('asks for as many alternatives as it lists, and no more', async () => {
    const asked = scriptedModel({
      branches: [writes([[' a', 0.5, { ' a': 0.5 }]])],
      capabilities: { alternatives: { value: 'yes', evidence: 'Five.', max: 5 } },
    });
    await askModel(asked, passage, LISTED, quiet)([' x'], never());
    assert.equal(asked.requests[0]?.options.alternatives, 5);
    assert.deepEqual(asked.requests[0].passage.emitted, [{ text: ' x' }]);
    assert.equal(asked.requests[0].passage.before, `${passage.before} x`);
  });
});

describe('a prompt that ends with tokens of the model', () => {
  it('holds the tokens unchanged, after the draft with all its spaces', () => {
    const emitted = ['the', ' ', '\n'].map((text) => ({ text }));
    const passage = { before: 'Late. the \n', after: 'end', emitted };
    const sent = (strategy: 'raw' | 'infill' | 'prefill') =>
      renderPrompt(passage, strategy, { maxTokens: 1 }).find(({ role }) =>
        ['text', 'assistant'].includes(role),
      )?.text;
    assert.equal(sent('raw'), 'Late. the \n');
    assert.equal(sent('infill'), 'Late. the \n');
    assert.equal(sent('prefill'), 'Late. the \n');
  });
});
