import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { VariorumApi } from '../../src/extension';
import { sendJson, TestServer, type Received } from '../fixtures/testServer';
import { FakeServers, forgetAll, list, openPicker } from './fakeServers';
import { openDraft, until, variorum } from './support';

const LLAMA = 'http://127.0.0.1:8080';
const MODEL = `${LLAMA}/v1#stories`;

describe('looking for servers on this machine', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => forgetAll(api));
  after(() => forgetAll(api));

  it('happens when the list is opened and at no other time', async () => {
    const servers = new FakeServers({ [LLAMA]: () => list('llamacpp', 'stories') });
    api.models.network.substitute(servers.fetch);
    await openDraft('It rained.');
    await vscode.commands.executeCommand('variorum.continue');
    await api.models.chosen();
    assert.deepEqual(servers.sent, []);
    const { leave } = await openPicker(api, MODEL);
    assert.ok(servers.sent.length >= 8);
    await leave();
    const count = servers.sent.length;
    await vscode.commands.executeCommand('variorum.continue');
    assert.equal(servers.sent.length, count);
  });

  it('sends no key and leaves this machine alone', async () => {
    const servers = new FakeServers({ [LLAMA]: () => list('llamacpp', 'stories') });
    api.models.network.substitute(servers.fetch);
    await api.models.keys.store(LLAMA, 'sk-secret');
    const { leave } = await openPicker(api, MODEL);
    await leave();
    assert.ok(servers.sent.every(({ authorization }) => authorization === null));
    assert.deepEqual(
      servers.sent.filter(({ url }) => !url.startsWith('http://127.0.0.1:')),
      [],
    );
  });

  it('puts what it finds first, and under the cursor of who has not moved', async () => {
    const servers = new FakeServers({ [LLAMA]: () => list('llamacpp', 'stories') });
    api.models.network.substitute(servers.fetch);
    const { picker, labels, closed } = await openPicker(api, MODEL);
    assert.equal(labels()[1], 'stories');
    await until('the cursor is on it', () => picker.active === MODEL);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await closed;
    await until('it is chosen', () => api.models.labels()[0] === 'stories');
  });

  it('moves nothing once the person has moved', async () => {
    let answer: (response: Response) => void = () => undefined;
    const late = new Promise<Response>((resolve) => (answer = resolve));
    api.models.network.substitute(new FakeServers({ [LLAMA]: () => late }).fetch);
    const { picker, labels, leave } = await openPicker(api, 'sketch');
    await until(
      'VS Code has answered',
      () => !labels().some((label) => label.includes('VS Code…')),
    );
    await until('the cursor is somewhere', () => picker.active !== undefined);
    const first = picker.active;
    // A list that is set anew at the same moment puts the cursor back.
    for (let tries = 0; picker.active === first && tries < 20; tries++) {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.notEqual(picker.active, first);
    const before = labels();
    const active = picker.active;
    answer(list('llamacpp', 'stories', 'novels'));
    await until('it is found', () => labels().includes('novels'));
    assert.deepEqual(labels(), [
      ...before.map((label) => (label.includes('Looking') ? 'stories' : label)),
      '# Found meanwhile',
      'novels',
    ]);
    assert.equal(picker.active, active);
    await leave();
  });

  it('asks real servers, without following them elsewhere', async () => {
    const elsewhere = await TestServer.start((_request, response) => {
      sendJson(response, 200, { object: 'list', data: [{ id: 'trap', owned_by: 'vllm' }] });
    });
    const server = await TestServer.start((_request, response) => {
      response.writeHead(302, { location: `${elsewhere.baseUrl}/models` }).end();
    });
    try {
      const { network } = api.models;
      const { signal } = new AbortController();
      assert.equal(await network.probe(`${server.baseUrl}/models`, signal), null);
      assert.deepEqual(elsewhere.received, []);
      const answer = await network.probe(`${elsewhere.baseUrl}/models`, signal);
      assert.equal(answer?.status, 200);
      const sent: readonly Received[] = elsewhere.received;
      assert.equal(sent.length, 1);
      assert.ok(sent.every(({ headers }) => !('authorization' in headers || 'cookie' in headers)));
    } finally {
      await server.close();
      await elsewhere.close();
    }
  });
});
