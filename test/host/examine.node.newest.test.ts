import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { FakeServers, forgetAll, json, list, openPicker, setOwn, type Sent } from './fakeServers';
import { scriptedModel, writes } from '../fixtures/scriptedModel';
import { hoverText } from './confidenceSupport';
import { openDraft, sessionOf, until, variorum } from './support';

const ONE = 'https://one.example';
const REFERENCE = { kind: 'endpoint', baseUrl: `${ONE}/v1`, model: 'a' } as const;
const ID = `${ONE}/v1#a`;

/** A server that writes " word", with the probabilities of its two words where it gives them. */
class Writer {
  gives = true;
  listed = ['a'];

  readonly answer = ({ url, body }: Sent): Response => {
    if (url.endsWith('/models')) {
      return list('one', ...this.listed);
    }
    if (!url.endsWith('/v1/completions')) {
      return json({ error: { message: 'nothing here' } }, 404);
    }
    const { n = 1, stream = false } = JSON.parse(body) as { n?: number; stream?: boolean };
    const top = [
      { token: ' word', logprob: -0.2, bytes: [32, 119, 111, 114, 100], id: 7 },
      { token: ' other', logprob: -1.8, bytes: [32, 111], id: 8 },
    ];
    const logprobs = this.gives ? { content: [{ ...top[0], top_logprobs: top }] } : null;
    const choices = Array.from({ length: n }, (_, index) => ({
      ...{ index, text: ' word', logprobs, finish_reason: 'stop' },
    }));
    if (!stream) {
      return json({ choices });
    }
    const text = `data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`;
    return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
  };
}

describe('examining a model', () => {
  let api: VariorumApi;
  let writer: Writer;
  let servers: FakeServers;

  before(async () => {
    api = await variorum();
  });
  beforeEach(async () => {
    await forgetAll(api);
    writer = new Writer();
    servers = new FakeServers({ [ONE]: writer.answer });
    api.models.network.substitute(servers.fetch);
    await api.models.choose([REFERENCE]);
    await until('it is chosen', () => api.models.choices().length === 1);
  });
  afterEach(async () => {
    await api.models.examinations.forget(ID);
    await forgetAll(api);
  });

  async function examine() {
    const examiner = await api.modelCommands.examiner();
    const examined = await examiner.examine(ID, REFERENCE);
    assert.ok(examined);
    return examined;
  }

  it('makes the model say what it can do before it has written anything', async () => {
    const before = await api.models.current();
    assert.equal(before.capabilities.logprobs.value, 'unknown');
    const { examination } = await examine();
    assert.ok(examination.requests.length <= 12 && examination.tokens <= 64);
    assert.ok(servers.sent.every(({ origin }) => origin === ONE));
    const { capabilities } = await api.models.current();
    assert.deepEqual(
      [capabilities.logprobs.value, capabilities.raw.value, capabilities.score.value],
      ['yes', 'yes', 'no'],
    );
    assert.equal(capabilities.logprobs.semantics, 'raw');
    assert.ok((capabilities.logprobs.time ?? 0) > 1e12);
  });

  it('shows what was found as a page', async () => {
    const { examination, record } = await examine();
    const examiner = await api.modelCommands.examiner();
    await examiner.show([{ examination, record }]);
    assert.match(examiner.report, /^# What a can do$/m);
    assert.match(examiner.report, /\| scores text that is there \| ✗ no \|/);
    const label = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    await until('it is shown', () => label().includes('What the Model Can Do'));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is told in the list of models, with a note once the server lists others', async () => {
    await setOwn('variorum.endpoints', [{ name: 'One', baseUrl: `${ONE}/v1` }]);
    await examine();
    const detailOf = async () => {
      const { picker, leave } = await openPicker(api, ID);
      await until('all have answered', () => !picker.busy, 20_000);
      const row = picker.entries.find((entry) => 'id' in entry && entry.id === ID);
      await leave();
      return row && 'detail' in row ? (row.detail ?? '') : '';
    };
    assert.match(await detailOf(), /token probabilities · goes on with raw text.*examined on/);
    writer.listed = ['a', 'b'];
    await detailOf();
    assert.ok((api.models.examinations.get(ID)?.stale ?? 0) > 1e12);
    assert.match(await detailOf(), /Examined on .* lists other models since/);
  });

  it('is overridden by what is observed, and the writer is told on that batch alone', async () => {
    await examine();
    writer.gives = false;
    const editor = await openDraft('It rained.');
    await vscode.commands.executeCommand('variorum.continue');
    const session = sessionOf(api, editor);
    const told = () =>
      session.notices.filter(({ message }) => message.includes('no probabilities'));
    assert.equal(told().length, 1);
    assert.equal((await api.models.current()).capabilities.logprobs.value, 'no');
    await vscode.commands.executeCommand('variorum.continue');
    assert.equal(told().length, 0);
    const flag = () => api.models.examinations.get(ID)?.record.flags['completions.logprobs'];
    await until('it is kept', () => flag()?.value === 'no');
    assert.equal(flag()?.fell, true);
  });

  it('tells where tokens are shown that their numbers are from after sampling', async () => {
    const branches = [writes([[' drawn', 0.5]])];
    const logprobs = { value: 'yes', evidence: 'Examined.', semantics: 'processed' } as const;
    api.models.substitute(scriptedModel({ branches, capabilities: { logprobs } }));
    try {
      const editor = await openDraft('It was');
      await vscode.commands.executeCommand('variorum.continue');
      const messages = sessionOf(api, editor).notices.map(({ message }) => message);
      assert.ok(messages.some((message) => message.includes('after temperature and filters')));
      await vscode.commands.executeCommand('variorum.insertBranch', { branch: 1 });
      await until('it stands there', () => editor.document.getText() === 'It was drawn');
      assert.match(await hoverText(editor, 8), /After temperature and filters/);
    } finally {
      api.models.substitute(undefined);
    }
  });
});
