import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/hosts/paths';
import { commonPrefix } from '../../src/core/text/common';
import { Session } from './harness';

const DRAFT = readFileSync(join(ROOT, 'media/sample/draft.md'), 'utf8');
const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

describe('another way from a word, with the keyboard alone', function () {
  this.bail(true);
  this.timeout(300_000);
  let session: Session;

  const cards = (): Locator => session.workbench.webview().getByRole('listitem');
  const card = (n: number): Locator =>
    session.workbench
      .webview()
      .locator('.item')
      .nth(n - 1);
  const textOf = async (n: number): Promise<string> =>
    (await card(n).locator('.text').textContent()) ?? '';
  const press = (...keys: string[]) => session.workbench.press(...keys);

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': DRAFT },
      settings: {
        'variorum.seed': 7,
        'variorum.maxTokens': 60,
        'variorum.branches': 2,
        'editor.wordWrap': 'on',
        'editor.minimap.enabled': false,
      },
      open: 'draft.md',
    });
    await session.workbench.openFile('draft.md');
    await session.workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await press('Control+End', 'Alt+Enter');
    await card(2)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
  });

  after(() => session.close());

  it('picks another word on a card: a sibling with the same beginning', async () => {
    const old = await textOf(1);
    await press('Alt+1');
    await card(1).locator('.mark').waitFor();
    await press('Alt+Shift+B');
    const body = session.workbench.webview().locator('body');
    for (let tries = 0; !(await body.evaluate(() => document.hasFocus())); tries++) {
      assert.ok(tries < 100, 'the focus never came into the Branches view');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await press('Home', 'n', 'n', 'n');
    const popup = session.workbench.webview().locator('#popup');
    await popup.waitFor();
    await press('o');
    await session.workbench.webview().getByRole('menuitem').first().waitFor();
    await session.screenshot('forks-menu');
    await press('Enter');
    await card(3)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
    await card(3).locator('.origin').waitFor();
    const made = await textOf(3);
    assert.equal(await textOf(1), old);
    assert.notEqual(made, old);
    const origin = (await card(3).locator('.origin').textContent()) ?? '';
    assert.match(origin, /“.+” .+% in place of “.+” · from branch 1/);
    const [, forced = ''] = /“(.+?)” /u.exec(origin) ?? [];
    const shared = commonPrefix(made, old);
    assert.ok(shared > 0, `${made} shares nothing with ${old}`);
    assert.ok(made.slice(0, shared + forced.length + 2).includes(forced), origin);
  });

  it('puts it in place of the old one when it is chosen', async () => {
    const [old, made] = [await textOf(1), await textOf(3)];
    await press('3');
    await card(3).locator('.mark').waitFor();
    await press('Control+S');
    const path = join(session.folder, 'draft.md');
    for (let tries = 0; !readFileSync(path, 'utf8').endsWith(made); tries++) {
      assert.ok(tries < 100, readFileSync(path, 'utf8').slice(-400));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(readFileSync(path, 'utf8'), DRAFT + made);
    assert.ok(!readFileSync(path, 'utf8').includes(old));
  });

  it('shows where it froze, and looks right at 300 px in every theme', async () => {
    await press('Alt+Shift+B');
    await card(1)
      .locator('.card:focus, :focus')
      .first()
      .waitFor({ timeout: 5_000 })
      .catch(() => undefined);
    await press('Home', 'j');
    await card(1).locator('.freeze').waitFor();
    const entries = card(1).locator('.freeze li .go');
    assert.ok((await entries.count()) > 0);
    for (const name of await entries.evaluateAll((all) =>
      all.map((e) => e.getAttribute('aria-label')),
    )) {
      assert.match(name ?? '', /futures left at sentence \d/);
    }
    await session.workbench.setSecondarySideBarWidth(300);
    for (const theme of THEMES) {
      await session.theme(theme);
      await session.screenshot(`forks-300-${theme}`);
    }
    const overflow = await session.workbench
      .webview()
      .locator('body')
      .evaluate((element) => element.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    assert.ok((await cards().count()) >= 3);
  });

  it('offers the words in the hover of the draft', async () => {
    await session.theme('dark');
    await session.workbench.focusEditor();
    const caret = session.workbench.page.locator('.statusbar-item', { hasText: /^Ln \d/ });
    await press('Control+Home');
    await caret.filter({ hasText: 'Ln 1, Col 1' }).waitFor();
    await press('Alt+.');
    await caret.filter({ hasNotText: 'Ln 1,' }).waitFor();
    await press('Control+K', 'Control+I');
    const hover = session.workbench.page.locator('.monaco-hover:visible', {
      hasText: 'branch here',
    });
    await hover.first().waitFor();
    await session.screenshot('forks-hover');
  });
});
