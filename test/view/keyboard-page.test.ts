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
function startServer(mode: { stalls: boolean }): Promise<TestServer> {
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
    if (mode.stalls) {
      const events = recorded.raw_sse?.split('\n\n').slice(0, 3) ?? [];
      response.write(`${events.join('\n\n')}\n\n`);
    } else {
      response.end(recorded.raw_sse);
    }
  });
}

describe('a page drafted with the keyboard alone, on a server that tells its probabilities', function () {
  this.bail(true);
  this.timeout(300_000);
  const mode = { stalls: false };
  let server: TestServer;
  let session: Session;
  let draft = 'The ferry was late.';

  const cards = (): Locator => session.workbench.webview().getByRole('listitem');
  const textOf = async (at: number): Promise<string> =>
    (await cards().nth(at).locator('.text').textContent()) ?? '';
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
  /** Waits until the keyboard is in the Branches view. */
  const focused = async (): Promise<void> => {
    const body = session.workbench.webview().locator('body');
    for (let tries = 0; !(await body.evaluate(() => document.hasFocus())); tries++) {
      assert.ok(tries < 100, 'the focus never came into the Branches view');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
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
  /** Waits until the writer's batch with this number has ended; identical branches are one card then. */
  const ended = async (batch: number): Promise<void> => {
    const page = session.workbench.webview();
    await page.getByText(`${batch} of ${batch}`, { exact: true }).waitFor();
    await page.locator('.ideas:visible').waitFor();
  };
  /** The number on the card that stands there. */
  const numberOn = async (at: number): Promise<number> =>
    Number(await cards().nth(at).locator('.number').textContent());

  before(async () => {
    server = await startServer(mode);
    session = await Session.open({
      files: { 'draft.md': draft },
      settings: { 'variorum.spread': 'plain' },
      open: 'draft.md',
    });
    await session.workbench.openFile('draft.md');
    await press('Control+End');
  });

  after(async () => {
    await session.chooseSketch();
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
    await type('Add a server');
    await page
      .locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Add a server' })
      .waitFor();
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
      await ended(round + 1);
      const at = round % (await cards().count());
      await press(`Alt+${await numberOn(at)}`);
      await cards().nth(at).locator('.mark').waitFor();
      draft += await textOf(at);
      await type(sentence);
      draft += sentence;
      await untilSaved(draft);
    }
    assert.ok(draft.split(/\s+/u).length > 40, draft);
  });

  it('swaps, takes back, and takes only a sentence', async () => {
    await press('Alt+Enter');
    await ended(SENTENCES.length + 1);
    const [first, second] = [await textOf(0), await textOf(1)];
    const [one, two] = [await numberOn(0), await numberOn(1)];
    await press(`Alt+${one}`);
    await untilSaved(draft + first);
    await press(`Alt+${two}`);
    await untilSaved(draft + second);
    await press('Control+Z', 'Control+Z');
    await untilSaved(draft);
    await press('Alt+Shift+B');
    await focused();
    await press(String(one));
    await untilSaved(draft + first);
    draft += first;
  });

  it('stops in mid-stream and keeps what came', async () => {
    mode.stalls = true;
    await press('Alt+Enter');
    const streams = session.workbench.webview().locator('.streaming');
    await streams.nth(4).waitFor();
    await cards().nth(4).locator('.text span').first().waitFor();
    const before = await textOf(4);
    await press('Alt+Shift+B');
    await focused();
    await press('Escape');
    await cards().filter({ hasText: 'Stopped' }).first().waitFor();
    await streams.first().waitFor({ state: 'detached' });
    assert.ok(before !== '' && (await cards().allTextContents()).join('').includes(before));
    const [number, text] = [await numberOn(0), await textOf(0)];
    await press('Control+1', `Alt+${number}`);
    draft += text;
    await untilSaved(draft);
    mode.stalls = false;
  });

  it('showed the probabilities of the server, token by token', async () => {
    const firsts = STREAMS.map(({ response }) =>
      /"logprob":(-?[\d.e-]+)/u.exec(response.raw_sse ?? ''),
    );
    const percents = firsts.map((found) => {
      const percent = Math.exp(Number(found?.[1])) * 100;
      return percent < 0.1 ? '<0.1' : percent.toFixed(1);
    });
    await press('Alt+Shift+B');
    await focused();
    await press('Home', 'ArrowRight');
    const popup = session.workbench.webview().getByRole('tooltip');
    await popup.waitFor();
    const shown = (await popup.textContent()) ?? '';
    assert.ok(
      percents.some((percent) => shown.includes(`${percent}%`)),
      `${shown}: ${percents.join()}`,
    );
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
