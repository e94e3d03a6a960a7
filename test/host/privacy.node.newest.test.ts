import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { FakeServers, forgetAll, json, list, setOwn, type Sent } from './fakeServers';
import { openDraft, sessionOf, until, variorum, workspace } from './support';

const ONE = 'https://one.example';
const TWO = 'https://two.example';
const KEY = 'sk-canary-0123456789abcdef';

/** Says one word to each branch, and what that took; the first request is refused with its own key. */
function priced() {
  let isFirst = true;
  return ({ url, body, authorization }: Sent): Response => {
    if (url.endsWith('/models')) {
      return list('one', 'a');
    }
    if (isFirst) {
      isFirst = false;
      return json({ error: { message: `Not yet: ${authorization ?? ''}` } }, 400);
    }
    const { n = 1 } = JSON.parse(body) as { n?: number };
    const choices = Array.from({ length: n }, (_, index) => {
      const word = url.includes('/chat/') ? { delta: { content: ' word' } } : { text: ' word' };
      return { index, finish_reason: 'stop', ...word };
    });
    const usage = { prompt_tokens: 1000, completion_tokens: 50 };
    const events = [{ choices }, { choices: [], usage }].map((event) => JSON.stringify(event));
    const text = [...events, '[DONE]'].map((event) => `data: ${event}\n\n`).join('');
    return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
  };
}

async function textsBelow(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [],
  );
  const texts = await Promise.all(
    entries.map(async ([name, type]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory) {
        return textsBelow(uri);
      }
      // Files on their way to another name may be gone again.
      const bytes = await vscode.workspace.fs.readFile(uri).then(
        (read) => read,
        () => new Uint8Array(),
      );
      return [`${uri.path}\n${new TextDecoder().decode(bytes)}`];
    }),
  );
  return texts.flat();
}

describe('privacy and cost', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(async () => {
    await forgetAll(api);
    await api.models.keys.store(ONE, KEY);
    await setOwn('variorum.prices', { a: { input: 1000, output: 2000 } });
  });
  after(async () => {
    await setOwn('variorum.prices', undefined);
    await setOwn('variorum.confirmCostAbove', undefined);
    await forgetAll(api);
  });

  async function connect(answer = priced()): Promise<FakeServers> {
    const servers = new FakeServers({ [ONE]: answer, [TWO]: answer });
    api.models.network.substitute(servers.fetch);
    await api.models.choose([{ kind: 'endpoint', baseUrl: `${ONE}/v1`, model: 'a' }]);
    await until('it is chosen', () => api.models.choices().length === 1);
    return servers;
  }

  async function shownPrompt(): Promise<string> {
    await vscode.commands.executeCommand('variorum.showPrompt');
    const front = () => vscode.window.activeTextEditor?.document;
    await until('the prompt is shown', () => front()?.uri.scheme === 'variorum-prompt');
    return front()?.getText() ?? '';
  }

  it('the key is in nothing that is written, shown or sent elsewhere, though the server throws it back', async () => {
    const servers = await connect();
    const editor = await openDraft('It rained.', 'privacy/draft.md');
    await vscode.commands.executeCommand('variorum.continue');
    await vscode.commands.executeCommand('variorum.continue');
    const session = sessionOf(api, editor);
    await session.flush();
    const prompt = await shownPrompt();
    const { logUri, globalStorageUri, storageUri, globalState, workspaceState } = api.storage;
    const mementos = [globalState, workspaceState].map((memento) =>
      JSON.stringify(memento.keys().map((key) => [key, memento.get(key)])),
    );
    const logs = async () => (await textsBelow(logUri)).join('\n');
    let log = await logs();
    for (let i = 0; i < 100 && !log.includes(ONE); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      log = await logs();
    }
    assert.match(
      log,
      /POST https:\/\/one\.example\/v1\/\S+ · 200 · done · head \d+ ms, first \d+ ms/,
    );
    assert.match(log, /1000 tokens sent, 50 written/);
    assert.ok(!log.includes('It rained'), 'what is said is not in the log');
    const places = [
      log,
      prompt,
      JSON.stringify(session.branches()),
      JSON.stringify(session.notices),
      JSON.stringify(vscode.workspace.getConfiguration()),
      api.modelStatus.text,
      JSON.stringify(api.modelStatus.state),
      ...mementos,
      ...(await textsBelow(workspace())),
      ...(await textsBelow(globalStorageUri)),
      ...(storageUri ? await textsBelow(storageUri) : []),
      ...servers.sent.map(({ url, body }) => `${url}\n${body}`),
      ...servers.to(TWO).map((sent) => JSON.stringify(sent)),
    ];
    assert.deepEqual(
      places.filter((text) => text.includes('canary')),
      [],
    );
    assert.ok(servers.to(ONE).every(({ authorization }) => authorization === `Bearer ${KEY}`));
  });

  it('a key that is forgotten goes out no more', async () => {
    const servers = await connect();
    await vscode.commands.executeCommand('variorum.forgetKey', `${ONE}/v1`);
    assert.deepEqual(await api.models.keys.origins(), []);
    await openDraft('It rained.', 'privacy/forgotten.md');
    await vscode.commands.executeCommand('variorum.continue');
    assert.ok(servers.to(ONE).length > 0);
    assert.ok(servers.to(ONE).every(({ authorization }) => authorization === null));
  });

  it('what a batch costs at most is shown before, and what it cost after', async () => {
    await connect();
    const editor = await openDraft('It rained.', 'privacy/priced.md');
    const prompt = await shownPrompt();
    assert.match(
      prompt,
      /Together about \d+ tokens sent and at most \d+ written\. At most about \$\d/,
    );
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('variorum.continue');
    await vscode.commands.executeCommand('variorum.continue');
    const costs = sessionOf(api, editor)
      .branches()
      .flatMap(({ usage }) => usage?.cost ?? []);
    // 1,000 tokens at $1,000 and 50 at $2,000 a million.
    assert.ok(costs.length > 0 && costs.every((cost) => Math.abs(cost - 1.1) < 1e-9), costs.join());
  });
});
