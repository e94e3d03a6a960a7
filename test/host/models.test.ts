import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { FakeServers, forgetAll, json, openPicker, setOwn, writer } from './fakeServers';
import { openDraft, sessionOf, until, variorum, workspace } from './support';

const ONE = 'https://one.example';
const TWO = 'https://two.example';
const KEY = 'sk-very-secret-0123456789';

const endpointOf = (origin: string, model: string) =>
  ({ kind: 'endpoint', baseUrl: `${origin}/v1`, model }) as const;

describe('models', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(async () => {
    await forgetAll(api);
    api.models.network.substitute(new FakeServers({}).fetch);
  });
  after(() => forgetAll(api));

  async function choose(...references: ReturnType<typeof endpointOf>[]): Promise<void> {
    await api.models.choose(references);
    await until('they are chosen', () => api.models.choices().length === references.length);
  }

  async function continueDraft() {
    const editor = await openDraft('It rained.');
    await vscode.commands.executeCommand('variorum.continue');
    return sessionOf(api, editor).branches();
  }

  describe('that are chosen', () => {
    it('are Sketch as long as nothing was', async () => {
      assert.deepEqual(api.models.choices(), []);
      assert.deepEqual(api.models.labels(), ['Sketch']);
      assert.equal((await api.models.current()).label, 'Sketch');
    });

    it('stay chosen in the settings, several of them in their order', async () => {
      await choose(endpointOf(ONE, 'a'), endpointOf(TWO, 'b'));
      const { globalValue } = vscode.workspace.getConfiguration().inspect('variorum.models') ?? {};
      assert.deepEqual(globalValue, [`${ONE}/v1#a`, `${TWO}/v1#b`]);
      const chosen = await api.models.chosen();
      assert.deepEqual(
        chosen.map(({ id }) => id),
        [`${ONE}/v1#a`, `${TWO}/v1#b`],
      );
      assert.deepEqual(api.models.labels(), ['a', 'b']);
    });

    it('stay chosen when their server is down, and the cards say so', async () => {
      const servers = new FakeServers({});
      api.models.network.substitute(servers.fetch);
      await choose(endpointOf(ONE, 'a'));
      const branches = await continueDraft();
      assert.ok(branches.every(({ status, error }) => status === 'failed' && error));
      assert.deepEqual(api.models.labels(), ['a']);
      assert.ok(servers.sent.length > 0);
      assert.ok(servers.sent.every(({ origin }) => origin === ONE));
    });

    it('say so when the setting names none', async () => {
      await setOwn('variorum.models', ['gpt-4o']);
      await until('it is read', () => api.models.choices().length === 1);
      const [branch] = await continueDraft();
      assert.equal(branch?.status, 'failed');
      assert.match(branch.error?.message ?? '', /variorum\.models.*"gpt-4o"/);
    });
  });

  describe('keys', () => {
    it('go to their own origin and to no other', async () => {
      const servers = new FakeServers({ [ONE]: writer('one', 'a'), [TWO]: writer('two', 'b') });
      api.models.network.substitute(servers.fetch);
      await api.models.keys.store(ONE, KEY);
      await choose(endpointOf(ONE, 'a'));
      const [first] = await continueDraft();
      assert.equal(first?.status, 'done', JSON.stringify(first?.error));
      assert.ok(servers.to(ONE).some(({ authorization }) => authorization === `Bearer ${KEY}`));
      await choose(endpointOf(TWO, 'b'));
      const [second] = await continueDraft();
      assert.equal(second?.status, 'done', JSON.stringify(second?.error));
      assert.ok(servers.to(TWO).length > 0);
      assert.ok(servers.to(TWO).every(({ authorization }) => authorization === null));
      const wholly = JSON.stringify(servers.to(TWO));
      assert.ok(!wholly.includes(KEY));
      assert.ok(!servers.sent.some(({ url, body }) => `${url}${body}`.includes(KEY)));
    });

    it('are not sent to another port or scheme of the same host', async () => {
      await api.models.keys.store('https://one.example:8443', KEY);
      for (const address of [
        `${ONE}/v1`,
        'http://one.example:8443/v1',
        'https://x.one.example:8443',
      ]) {
        assert.equal(await api.models.keys.keyFor(address), undefined, address);
      }
      assert.equal(await api.models.keys.keyFor('https://one.example:8443/api'), KEY);
    });

    it('lie in no setting and in no file of the workspace', async () => {
      const servers = new FakeServers({ [ONE]: writer('one', 'a') });
      api.models.network.substitute(servers.fetch);
      await api.models.keys.store(ONE, KEY);
      await setOwn('variorum.endpoints', [{ baseUrl: `${ONE}/v1` }]);
      await choose(endpointOf(ONE, 'a'));
      const editor = await openDraft('It rained.');
      await vscode.commands.executeCommand('variorum.continue');
      const session = sessionOf(api, editor);
      await session.flush();
      assert.ok(servers.to(ONE).some(({ authorization }) => authorization?.includes(KEY)));
      const files = await filesBelow(workspace());
      assert.ok(files.some(({ path }) => path.includes('.variorum')));
      assert.deepEqual(
        files.filter(({ text }) => text.includes(KEY)).map(({ path }) => path),
        [],
      );
      assert.ok(!JSON.stringify(vscode.workspace.getConfiguration()).includes(KEY));
    });

    it('are listed by origin and can be removed', async () => {
      await api.models.keys.store(TWO, KEY);
      await api.models.keys.store(ONE, KEY);
      assert.deepEqual(await api.models.keys.origins(), [ONE, TWO]);
      await api.models.keys.remove(ONE);
      assert.deepEqual(await api.models.keys.origins(), [TWO]);
    });

    it('that are new hold for the next request of a model that is chosen', async () => {
      const servers = new FakeServers({
        [ONE]: (sent) =>
          sent.authorization === `Bearer ${KEY}`
            ? writer('one', 'a')(sent)
            : json({ error: { message: 'Incorrect API key provided' } }, 401),
      });
      api.models.network.substitute(servers.fetch);
      await choose(endpointOf(ONE, 'a'));
      const [refused] = await continueDraft();
      assert.equal(refused?.status, 'failed');
      const model = await api.models.current();
      assert.equal(api.models.keyOrigin(model.id), ONE);
      await api.models.keys.store(ONE, KEY);
      const isNew = async () => (await api.models.current()) !== model;
      while (!(await isNew())) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const [written] = await continueDraft();
      assert.equal(written?.status, 'done');
    });
  });

  describe('of a workspace', () => {
    const file = () => vscode.Uri.joinPath(workspace(), '.vscode', 'settings.json');
    const settings = () => vscode.workspace.getConfiguration().inspect<string[]>('variorum.models');

    afterEach(async () => {
      await vscode.workspace.fs.delete(file()).then(undefined, () => undefined);
      await until('they are gone', () => settings()?.workspaceValue === undefined);
    });

    async function write(values: object): Promise<void> {
      const bytes = new TextEncoder().encode(JSON.stringify(values));
      await vscode.workspace.fs.writeFile(file(), bytes);
      await until('they are read', () => settings()?.workspaceValue !== undefined);
    }

    it('can be a choice among the person’s servers, never a new one', async () => {
      const servers = new FakeServers({ [ONE]: writer('one', 'a'), [TWO]: writer('two', 'b') });
      api.models.network.substitute(servers.fetch);
      await setOwn('variorum.endpoints', [{ baseUrl: `${ONE}/v1` }]);
      await write({
        'variorum.endpoints': [{ baseUrl: `${TWO}/v1` }],
        'variorum.models': [`${TWO}/v1#b`],
      });
      const { endpoints } = api.models.endpoints();
      assert.deepEqual(
        endpoints.map(({ baseUrl }) => baseUrl),
        [`${ONE}/v1`],
      );
      const branches = await continueDraft();
      assert.ok(branches.every(({ status }) => status === 'failed'));
      assert.match(branches[0]?.error?.message ?? '', /two\.example.*nothing was sent/);
      assert.deepEqual(servers.sent, []);
      await write({ 'variorum.models': [`${ONE}/v1#a`] });
      await until('the other is chosen', () => api.models.labels().includes('a'));
      const [branch] = await continueDraft();
      assert.equal(branch?.status, 'done', JSON.stringify(branch?.error));
    });
  });

  describe('in the list', () => {
    it('come from the settings as their servers list them, Sketch last', async () => {
      const servers = new FakeServers({ [ONE]: writer('one', 'org/alpha') });
      api.models.network.substitute(servers.fetch);
      await setOwn('variorum.endpoints', [
        { name: 'One', baseUrl: `${ONE}/v1/` },
        { name: 'Two', baseUrl: `${TWO}/v1`, models: ['beta'] },
        { name: 'broken' },
      ]);
      const list = await openPicker(api, `${ONE}/v1#org/alpha`);
      const labels = list.labels();
      const order = ['# One', 'org/alpha', '# Two', 'beta', '# Built in', 'Sketch', '# Connect'];
      assert.deepEqual(
        labels.filter((label) => order.includes(label)),
        order,
      );
      assert.ok(labels.some((label) => label.includes('Server 3 in the settings')));
      assert.deepEqual(servers.to(TWO), []);
      await list.leave();
    });

    it('say what to do when a server wants a key or does not answer', async () => {
      const refusal = () => json({ error: { message: 'no key' } }, 401);
      api.models.network.substitute(new FakeServers({ [ONE]: refusal }).fetch);
      await setOwn('variorum.endpoints', [
        { name: 'One', baseUrl: `${ONE}/v1` },
        { name: 'Two', baseUrl: `${TWO}/v1` },
      ]);
      const { picker, labels, leave } = await openPicker(api, 'sketch');
      const told = (text: string) => labels().some((label) => label.includes(text));
      await until('a key is asked for', () => told('One: enter a key'));
      await until('the other is told of', () => told('Two did not list its models'));
      for (const id of [`${ONE}/v1`, `${TWO}/v1`]) {
        const row = picker.entries.find((entry) => 'id' in entry && entry.id === id);
        assert.ok(row && 'detail' in row && row.detail && row.detail.length > 20);
      }
      await leave();
    });

    it('are chosen with one Enter', async () => {
      const list = await openPicker(api, 'sketch');
      await until('all have answered', () => !list.picker.busy);
      for (let moves = 0; list.picker.active !== 'sketch' && moves < 30; moves++) {
        const was = list.picker.active;
        await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
        await until(`the cursor leaves ${was}`, () => list.picker.active !== was);
      }
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await list.closed;
      await until('Sketch is chosen', () => api.models.choices().length === 1);
      assert.deepEqual(api.models.choices(), [{ kind: 'model', reference: { kind: 'sketch' } }]);
    });

    it('can be chosen several at once', async () => {
      await setOwn('variorum.endpoints', [{ baseUrl: `${ONE}/v1`, models: ['a', 'b'] }]);
      await choose(endpointOf(ONE, 'a'), endpointOf(ONE, 'b'));
      const list = await openPicker(api, `${ONE}/v1#b`);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await list.closed;
      assert.deepEqual(api.models.labels(), ['a', 'b']);
    });
  });

  it('are told of in the status bar', async () => {
    await openDraft('It rained.');
    await until('Sketch is named', () => api.modelStatus.text === '$(git-branch) Sketch');
    api.modelStatus.setState({ kind: 'streaming', done: 2, of: 5 });
    assert.equal(api.modelStatus.text, '$(loading~spin) Sketch 2/5');
    await choose(endpointOf(ONE, 'a'));
    await until('the other is named', () => api.modelStatus.text === '$(loading~spin) a 2/5');
    api.modelStatus.setState({ kind: 'failed', message: 'The key was refused.' });
    assert.equal(api.modelStatus.text, '$(error) a');
    await api.models.keys.store(ONE, KEY);
    await until('a new key is a new start', () => api.modelStatus.text === '$(git-branch) a');
  });
});

async function filesBelow(folder: vscode.Uri): Promise<{ path: string; text: string }[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const nested = entries.map(async ([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) {
      return filesBelow(uri);
    }
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return [{ path: uri.path, text }];
  });
  return (await Promise.all(nested)).flat();
}
