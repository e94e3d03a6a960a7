import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/hosts/browser';
import { installHost } from '../../scripts/hosts/install';
import { Workbench } from '../../scripts/hosts/page';
import { ROOT } from '../../scripts/hosts/paths';
import { startServer } from '../../scripts/hosts/server';
import { QUIET, WITHOUT_CHAT } from '../../scripts/hosts/settings';
import { removeFolder, temporaryFolder } from '../../scripts/hosts/temporary';
import { workbenchUrl } from '../../scripts/hosts/url';
import { sendJson, sendStream, TestServer } from '../fixtures/testServer';
import { HOST_VERSION, SCREENSHOTS, Session } from './harness';
import { filesHolding, storageHolding, until } from './whereabouts';

const KEY = 'sk-from-the-writer-42';
const INPUT = '.quick-input-widget:not([style*="display: none"])';

const statusBar = (page: Page) => page.locator('.statusbar-item[id*="variorum.model"]');

/** A server with one model, for those who have the key, or for everyone. */
function startModelServer(model: string, key?: string): Promise<TestServer> {
  return TestServer.start(({ path, headers, body }, response) => {
    if (key !== undefined && headers['authorization'] !== `Bearer ${key}`) {
      sendJson(response, 401, { error: { message: 'Incorrect API key provided.' } });
    } else if (path === '/v1/models') {
      sendJson(response, 200, { object: 'list', data: [{ id: model, object: 'model' }] });
    } else if (path.endsWith('/completions')) {
      write(response, path.includes('chat'), (body as { n?: number }).n ?? 1);
    } else {
      sendJson(response, 404, { error: { message: 'not found' } });
    }
  });
}

function write(response: ServerResponse, isChat: boolean, n: number): void {
  const choices = Array.from({ length: n }, (_, index) => ({
    index,
    finish_reason: 'stop',
    ...(isChat
      ? { delta: { role: 'assistant', content: ' The bell rang.' } }
      : { text: ' The bell rang.' }),
  }));
  sendStream(response, [{ id: 'x', choices }]);
}

describe('choosing a model', () => {
  it('connects a server by its address and key, which goes there and nowhere else', async function () {
    this.timeout(240_000);
    const server = await startModelServer('bell-7b', KEY);
    const other = await startModelServer('other-7b');
    const session = await Session.open({ open: 'draft.md' });
    const { workbench } = session;
    const { page } = workbench;
    try {
      await statusBar(page).getByText('Sketch').waitFor();
      await workbench.runCommand('Variorum: Add a Server…');
      const input = page.locator(`${INPUT} input`).first();
      await page.locator(INPUT).getByText('Where its API begins').waitFor();
      await workbench.type(server.origin);
      await workbench.press('Enter');
      await page.locator(INPUT).getByText(`Key for ${server.origin}`).waitFor();
      assert.equal(await input.getAttribute('type'), 'password');
      await workbench.type(KEY);
      await workbench.press('Enter');
      const row = page.locator(`${INPUT} .monaco-list-row`).filter({ hasText: 'bell-7b' });
      await row.first().waitFor();
      await session.screenshot('models-list');
      await row.first().click();
      await statusBar(page).getByText('bell-7b').waitFor();
      await workbench.focusEditor();
      await workbench.press('Control+End', 'Alt+Enter');
      await workbench.webview('view').getByText('The bell rang.').first().waitFor();
      const writing = server.received.filter(({ path }) => path.endsWith('/completions'));
      assert.ok(writing.length > 0);
      assert.ok(writing.every(({ headers }) => headers['authorization'] === `Bearer ${KEY}`));
      await until(
        'the tree names the model',
        () => filesHolding('bell-7b', [session.folder]).length > 0,
      );
      assert.deepEqual(filesHolding(KEY, [session.folder, session.dataDir]), []);
      assert.notDeepEqual(await storageHolding(page, 'variorum'), []);
      assert.deepEqual(await storageHolding(page, KEY), []);
      await workbench.runCommand('Variorum: Add a Server…');
      await page.locator(INPUT).getByText('Where its API begins').waitFor();
      await workbench.type(other.baseUrl);
      await workbench.press('Enter');
      const second = page.locator(`${INPUT} .monaco-list-row`).filter({ hasText: 'other-7b' });
      await second.first().waitFor();
      assert.ok(other.received.length > 0);
      assert.ok(other.received.every(({ headers }) => headers['authorization'] === undefined));
      // A click by the mouse may land on the hover of the input field.
      await page
        .locator(`${INPUT} .action-label[aria-label^="Several models"]`)
        .dispatchEvent('click');
      await page.locator(INPUT).getByText('1 Selected').waitFor();
      await second.first().click();
      await page.locator(INPUT).getByText('2 Selected').waitFor();
      await workbench.press('Enter');
      await statusBar(page).getByText('bell-7b + other-7b').waitFor();
      await session.chooseSketch(true);
      await session.close();
    } finally {
      await server.close();
      await other.close();
    }
  });

  it('is not for a folder that is not trusted', async function () {
    this.timeout(240_000);
    const trap = await startModelServer('trap-7b');
    const folder = temporaryFolder('variorum-untrusted-');
    mkdirSync(join(folder, '.vscode'));
    const settings = {
      'variorum.endpoints': [{ baseUrl: trap.baseUrl }],
      'variorum.models': [`${trap.baseUrl}#trap-7b`],
    };
    writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'draft.md'), 'The ferry was late again, and she waited');
    const server = await startServer(await installHost(HOST_VERSION), {
      workspaceTrust: true,
      settings: { ...QUIET, ...WITHOUT_CHAT, 'security.workspace.trust.startupPrompt': 'never' },
    });
    const browser = await launchBrowser();
    try {
      const url = workbenchUrl(server, { folder, extensionDevelopmentPath: ROOT });
      const workbench = await Workbench.open(browser, url);
      const { page } = workbench;
      const refusal = page.getByRole('button', { name: /don't trust the authors/ });
      await refusal.click({ timeout: 5_000 }).catch(() => undefined);
      await page.getByText('Restricted Mode').first().waitFor();
      await workbench.openFile('draft.md');
      await statusBar(page).getByText('Sketch').waitFor();
      await workbench.press('Control+End', 'Alt+Enter');
      const ended = workbench.webview('view').getByText(/^(Ended|At limit)/);
      await ended.first().waitFor();
      await workbench.runCommand('Variorum: Choose Model…');
      const row = page.locator(`${INPUT} .monaco-list-row`);
      await row.filter({ hasText: 'Sketch' }).first().waitFor();
      assert.equal(await row.filter({ hasText: 'trap-7b' }).count(), 0);
      await workbench.screenshot(join(SCREENSHOTS, 'models-untrusted.png'));
      assert.deepEqual(trap.received, []);
    } finally {
      await browser.close();
      server.dispose();
      await trap.close();
      removeFolder(folder);
    }
  });

  it('is one step of the walkthrough', async function () {
    this.timeout(120_000);
    const session = await Session.open({ open: 'draft.md' });
    const { workbench } = session;
    const { page } = workbench;
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.type('Get started with Variorum');
    await page
      .locator(`${INPUT} .monaco-list-row`)
      .filter({ hasText: 'Get started with Variorum' })
      .first()
      .click();
    for (const title of ['Ask how it could go on', 'Read the colours', 'Connect a model']) {
      await page.getByText(title).first().click();
      await session.screenshot(`walkthrough-${title.split(' ')[0]?.toLowerCase()}`);
    }
    await page.getByText('Ask how it could go on').first().click();
    await page.getByRole('button', { name: 'Open a Sample Draft' }).click();
    await workbench.editor().getByText('The last ferry').first().waitFor();
    await session.close();
  });
});
