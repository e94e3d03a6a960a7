import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/hosts/browser';
import { installHost } from '../../scripts/hosts/install';
import { Workbench } from '../../scripts/hosts/page';
import { ROOT } from '../../scripts/hosts/paths';
import { startServer, type Server } from '../../scripts/hosts/server';
import { QUIET, WITHOUT_CHAT } from '../../scripts/hosts/settings';
import { workbenchUrl } from '../../scripts/hosts/url';
import { makePackage, VSIX } from '../../scripts/package';
import { HOST_VERSION, SCREENSHOTS } from './harness';

describe('the .vsix, installed, in a folder that is not trusted', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'variorum-installed-'));
  const extensionsDir = join(temporary, 'extensions');
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    // A run of all tests has made it before.
    if (process.env['VARIORUM_PACKAGED'] !== 'yes') {
      await makePackage();
    }
    const host = await installHost(HOST_VERSION);
    const folder = join(temporary, 'folder');
    execFileSync('mkdir', ['-p', folder]);
    writeFileSync(join(folder, 'draft.md'), 'The ferry was late again, and she waited');
    const data = ['--server-data-dir', join(temporary, 'data'), '--extensions-dir', extensionsDir];
    const install = ['--install-extension', join(ROOT, VSIX), '--accept-server-license-terms'];
    const output = execFileSync(host.node, [host.serverMain, ...install, ...data], {
      encoding: 'utf8',
    });
    assert.match(output, /successfully installed/);
    server = await startServer(host, {
      extensionsDir,
      workspaceTrust: true,
      settings: { ...QUIET, ...WITHOUT_CHAT, 'security.workspace.trust.startupPrompt': 'never' },
    });
    browser = await launchBrowser();
    workbench = await Workbench.open(browser, workbenchUrl(server, { folder }));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot(join(SCREENSHOTS, 'failed-installed.png'));
    }
  });

  after(async () => {
    await browser.close();
    server.dispose();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  });

  it('continues, inserts and keeps history', async () => {
    const { page } = workbench;
    // Some versions ask in spite of the setting.
    const refusal = page.getByRole('button', { name: /don't trust the authors/ });
    await refusal.click({ timeout: 5_000 }).catch(() => undefined);
    await page.getByText('Restricted Mode').first().waitFor();
    await workbench.openFile('draft.md');
    await page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await workbench.press('Control+End', 'Alt+Enter');
    const cards = workbench.webview('view').getByRole('listitem');
    await cards.nth(4).waitFor();
    await cards
      .first()
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
    await workbench.press('Alt+1');
    await cards.first().locator('.mark').waitFor();
    await page.locator('.explorer-folders-view').getByText('.variorum').waitFor();
  });
});
