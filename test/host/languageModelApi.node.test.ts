import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { Collector } from '../../src/core/model/collector';
import { isVariorumError, type ModelError } from '../../src/core/model/error';
import type { LanguageModel, Passage } from '../../src/core/model/languageModel';
import { DEFAULT_OPTIONS } from '../../src/core/model/options';
import { until, variorum } from './support';

interface Seen {
  requests: {
    model: string;
    messages: { role: number; text: string }[];
    options: Record<string, unknown>;
  }[];
  cancelled: number;
}

const PASSAGE: Passage = { before: 'It rained on the ferry.', after: '', notes: 'Ida is late.' };
const options = { ...DEFAULT_OPTIONS, n: 3 };
const seen = () => vscode.commands.executeCommand<Seen>('variorum-tests.requests');

/** The models come from an extension of the tests' own: see test/fixtures/language-models. */
describe('the language models of VS Code', () => {
  let api: VariorumApi;

  before(async function () {
    this.timeout(60_000);
    api = await variorum();
    const extension = vscode.extensions.getExtension('variorum-tests.language-models');
    await extension?.activate();
    for (let found = 0; found === 0;) {
      found = (await vscode.lm.selectChatModels({ vendor: 'variorum-tests' })).length;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  beforeEach(() => seen());
  after(() => api.models.choose([]));

  async function chosen(id: string): Promise<LanguageModel> {
    await api.models.choose([{ kind: 'vscode', vendor: 'variorum-tests', id }]);
    const isChosen = () => api.models.labels().includes(id);
    await until(`${id} is chosen`, isChosen);
    return api.models.current();
  }

  async function collect(model: LanguageModel, signal = new AbortController().signal) {
    const collector = new Collector(options.n);
    for await (const chunk of model.continue(PASSAGE, options, signal)) {
      collector.add(chunk);
    }
    return collector.branches;
  }

  async function failure(model: LanguageModel): Promise<ModelError> {
    try {
      const [branch] = await collect(model);
      assert.ok(branch?.error, 'it did not fail');
      return branch.error;
    } catch (error) {
      assert.ok(isVariorumError(error), String(error));
      return error.detail;
    }
  }

  it('stream as many branches as asked, each its own request', async () => {
    const model = await chosen('storyteller');
    assert.equal(model.label, 'The storyteller');
    const branches = await collect(model);
    assert.deepEqual(
      branches.map(({ text, finish }) => [text, finish]),
      Array.from({ length: 3 }, () => [' She left.', 'stop']),
    );
    const { requests } = await seen();
    assert.equal(requests.length, 3);
  });

  it('get exactly what the prompt shows, in messages of the user and the assistant', async () => {
    const model = await chosen('storyteller');
    const { parts, parameters } = model.prompt(PASSAGE, options);
    await collect(model);
    const { requests } = await seen();
    assert.deepEqual(
      requests[0]?.messages.map(({ role, text }) => ({ role, text })),
      parts.map(({ role, text }) => ({ role: role === 'assistant' ? 2 : 1, text })),
    );
    assert.deepEqual(requests[0].options, parameters);
    assert.ok(parts.every(({ role }) => role === 'user' || role === 'assistant'));
    assert.equal(parts[0]?.role, 'user');
    assert.match(parts.map(({ text }) => text).join('\n'), /It rained on the ferry\./);
  });

  it('answer what they are told, nothing added and nothing cleaned', async () => {
    const model = await chosen('storyteller');
    const said = {
      kind: 'messages',
      messages: [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'Who left?' },
      ],
    } as const;
    const collector = new Collector(options.n);
    const answer = model.answer?.(said, options, new AbortController().signal);
    for await (const chunk of answer ?? []) {
      collector.add(chunk);
    }
    assert.deepEqual(
      collector.branches.map(({ text, finish }) => [text, finish]),
      Array.from({ length: 3 }, () => [' She left.', 'stop']),
    );
    const { requests } = await seen();
    assert.deepEqual(requests[0]?.messages, [{ role: 1, text: 'Be brief.\n\nWho left?' }]);
  });

  it('say that they take messages only when raw text is to be gone on with', async () => {
    const model = await chosen('storyteller');
    const answer = model.answer?.(
      { kind: 'text', text: 'It rained' },
      options,
      new AbortController().signal,
    );
    await assert.rejects(async () => {
      for await (const chunk of answer ?? []) {
        assert.fail(JSON.stringify(chunk));
      }
    }, /takes messages only/);
    assert.deepEqual((await seen()).requests, []);
  });

  it('get temperature and top p only when the writer changed them', async () => {
    const model = await chosen('storyteller');
    assert.deepEqual(model.prompt(PASSAGE, options).parameters, {});
    const warm = { ...options, temperature: 1.2, topP: 0.9 };
    assert.deepEqual(model.prompt(PASSAGE, warm).parameters, { temperature: 1.2, top_p: 0.9 });
  });

  it('give no probabilities, and say why', async () => {
    const { logprobs } = (await chosen('storyteller')).capabilities;
    assert.equal(logprobs.value, 'no');
    assert.equal(logprobs.evidence, 'VS Code’s language model API gives no token probabilities.');
  });

  it('are taken by their text alone: other parts are passed over', async () => {
    const [branch] = await collect(await chosen('caller'));
    assert.equal(branch?.text, ' Before after');
  });

  it('stop when called off, and what came is kept', async () => {
    const model = await chosen('endless');
    const controller = new AbortController();
    const collecting = collect(model, controller.signal);
    setTimeout(() => controller.abort(), 500);
    const branches = await collecting;
    assert.ok(branches.every(({ finish }) => finish === 'cancelled'));
    assert.ok(branches.every(({ text }) => text === ' and'));
    // VS Code 1.106 tells the provider nothing once its answer has begun.
    if (vscode.version.startsWith('1.106.')) {
      return;
    }
    let { cancelled } = await seen();
    for (let tries = 0; cancelled < 3 && tries < 50; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({ cancelled } = await seen());
    }
    assert.equal(cancelled, 3);
  });

  it('are cut where the branch is as long as it may be', async () => {
    const [branch] = await collect(await chosen('talkative'));
    assert.equal(branch?.finish, 'length');
    const { length } = branch.text;
    assert.ok(length >= 4 * options.maxTokens && length <= 5 * options.maxTokens, String(length));
  });

  it('say what happened and what to do when they fail', async () => {
    const blocked = await failure(await chosen('blocked'));
    assert.match(blocked.message, /quota is used up/);
    assert.ok(blocked.action.length > 0);
    const broken = await failure(await chosen('broken'));
    assert.equal(broken.code, 'server');
    assert.match(broken.message, /The broken failed.*the kettle is empty/);
  });

  it('stay chosen when they are gone, and say so; nothing else takes their place', async () => {
    const model = await chosen('storyteller');
    assert.equal(model.id, 'vscode:variorum-tests/storyteller');
    await vscode.commands.executeCommand('variorum-tests.gone', ['storyteller']);
    try {
      for (let there = 1; there > 0;) {
        const selector = { vendor: 'variorum-tests', id: 'storyteller' };
        there = (await vscode.lm.selectChatModels(selector)).length;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const gone = await api.models.current();
      assert.equal(gone.id, model.id);
      const { code, message, action } = await failure(gone);
      assert.equal(code, 'not-found');
      assert.match(message, /storyteller/);
      assert.match(action, /Choose Model/);
    } finally {
      await vscode.commands.executeCommand('variorum-tests.gone', []);
    }
  });
});
