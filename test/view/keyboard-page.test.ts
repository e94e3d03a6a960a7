import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { recording } from '../fixtures/replayServer';
import { sendJson, TestServer } from '../fixtures/testServer';
import { Session } from './harness';

/** Streams of a real server, tokens with their probabilities; each request for one branch gets the next. */
const STREAMS = [
  '33-completions-stream-logprobs',
  '91-stop-stream-logprobs',
  '65-unicode-grammar-stream',
].map((name) => recording(name));
const MODELS = recording('01-models');
const ONE_CHOICE_ONLY = recording('19-completions-n5');

/** What the writer types between two choices. */
const SENTENCES = [
  ' The tide was out.',
  ' She counted the boats again.',
  ' Nobody had asked her to.',
  ' He said the key was under the stone.',
  ' It was not.',
  ' They ate standing up.',
];

/** A server as it was recorded: it refuses five choices at once, and streams one with probabilities. */
function startServer(): Promise<TestServer> {
  let streamed = 0;
  return TestServer.start(({ method, path, body }, response) => {
    if (method === 'GET') {
      sendJson(response, 200, MODELS.response.json);
      return;
    }
    if (!path.startsWith('/v1/completions')) {
      sendJson(response, 404, { error: { message: 'File Not Found' } });
      return;
    }
    const n = (body as { n?: number }).n ?? 1;
    if (n > 1) {
      sendJson(response, ONE_CHOICE_ONLY.response.status, ONE_CHOICE_ONLY.response.json);
      return;
    }
    const recorded = STREAMS[streamed++ % STREAMS.length]?.response;
    assert.ok(recorded);
    response.writeHead(recorded.status, { 'content-type': 'text/event-stream' });
    response.end(recorded.raw_sse);
  });
}

describe('a page drafted with the keyboard alone, on a server that tells its probabilities', function () {
  this.bail(true);
  this.timeout(300_000);
  let server: TestServer;
  let session: Session;
  let draft = 'The ferry was late.';

  const cards = (): Locator => session.workbench.webview().getByRole('listitem');
  const card = (n: number): Locator => cards().nth(n - 1);
  const textOf = async (n: number): Promise<string> =>
    (await card(n).locator('.text').textContent()) ?? '';
  const press = (...keys: string[]) => session.workbench.press(...keys);
  const type = (text: string) => session.workbench.type(text);
  /** Runs a command the way a hand on the keyboard does. */
  const command = async (title: string): Promise<void> => {
    await press('F1');
    await type(title);
    const row = session.workbench.page.locator('.quick-input-widget .monaco-list-row.focused');
    await row.filter({ hasText: title }).waitFor();
    await press('Enter');
  };
  const saved = (): string => readFileSync(join(session.folder, 'draft.md'), 'utf8');
  const untilSaved = async (wanted: string): Promise<void> => {
    const deadline = Date.now() + 30_000;
    while (saved() !== wanted && Date.now() < deadline) {
      await press('Control+S');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.equal(saved(), wanted);
  };
  const ended = async (count: number): Promise<void> => {
    for (let n = 1; n <= count; n++) {
      await card(n)
        .locator('.status', { hasText: /Ended|At limit|Stopped/ })
        .waitFor();
    }
  };

  before(async () => {
    server = await startServer();
    session = await Session.open({ files: { 'draft.md': draft }, open: 'draft.md' });
    await session.workbench.openFile('draft.md');
    await press('Control+End');
  });

  after(async () => {
    await session.close();
    await server.close();
  });

  it('connects the server', async () => {
    const { page } = session.workbench;
    const input = page.locator('.quick-input-widget input[type="text"]');
    const title = (text: string) =>
      page.locator('.quick-input-widget .quick-input-title', { hasText: text }).waitFor();
    await command('Variorum: Choose Model');
    await title('Which model');
    await type('Add an endpoint');
    const add = page.locator('.quick-input-widget .monaco-list-row', {
      hasText: 'Add an endpoint',
    });
    await add.first().waitFor();
    await press('ArrowDown');
    await press('Enter');
    await title('Add a server');
    await input.fill('');
    await type(server.baseUrl);
    await press('Enter');
    const model = page.locator('.quick-input-widget .monaco-list-row', { hasText: 'stories260K' });
    await model.first().waitFor();
    await type('stories260K');
    await press('Enter');
    await page.locator('.statusbar-item', { hasText: 'stories260K' }).waitFor();
  });

  it('drafts: continue, choose, write on, again and again', async () => {
    for (const [round, sentence] of SENTENCES.entries()) {
      await press('Alt+Enter');
      await ended(5);
      const choice = 1 + (round % 3);
      await press(`Alt+${choice}`);
      await card(choice).locator('.mark').waitFor();
      draft += await textOf(choice);
      await type(sentence);
      draft += sentence;
      await untilSaved(draft);
    }
    assert.ok(draft.split(/\s+/u).length > 50, draft);
  });

  it('swaps, takes back, and takes only a sentence', async () => {
    await press('Alt+Enter');
    await ended(5);
    const first = await textOf(1);
    const second = await textOf(2);
    await press('Alt+1');
    await untilSaved(draft + first);
    await press('Alt+2');
    await untilSaved(draft + second);
    await press('Control+Z', 'Control+Z');
    await untilSaved(draft);
    await command('Variorum: Branches: Focus on Branches View');
    await press('1');
    await untilSaved(draft + first);
    draft += first;
  });

  it('showed the probabilities of the server, token by token', async () => {
    const chunks = [...(STREAMS[0]?.response.raw_sse ?? '').matchAll(/"logprob":(-?[\d.]+)/gu)];
    const first = Math.exp(Number(chunks[0]?.[1]));
    await command('Variorum: Branches: Focus on Branches View');
    await press('Home', 'ArrowRight');
    const popup = session.workbench.webview().getByRole('tooltip');
    await popup.waitFor();
    const percent = new RegExp((first * 100).toFixed(1).replace('.', '[.,]'), 'u');
    assert.match((await popup.textContent()) ?? '', percent);
    await session.screenshot('keyboard-page');
    await press('Escape', 'Escape');
  });

  it('sent no key and no fingerprint', () => {
    for (const { headers } of server.received) {
      const names = Object.keys(headers).filter((name) =>
        /authorization|stainless|openai/u.test(name),
      );
      assert.deepEqual(names, []);
    }
  });
});
