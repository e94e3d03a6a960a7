import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/hosts/paths';
import type { ThemeName } from '../../scripts/hosts/themes';
import { violationsIn } from './axe';
import { Session } from './harness';

const DRAFT = readFileSync(join(ROOT, 'media/sample/draft.md'), 'utf8');
const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

describe('how it looks', () => {
  let session: Session;

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': DRAFT },
      settings: { 'variorum.seed': 11, 'editor.wordWrap': 'on', 'editor.minimap.enabled': false },
      open: 'draft.md',
      theme: 'light',
    });
    await session.workbench.openFile('draft.md');
    await session.workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
  });

  after(() => session.close());

  /** VS Code takes a moment to notice changed settings: asks again until what they lead to is there. */
  async function continueUntil(wanted: () => Locator): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      await session.workbench.press('Control+End', 'Alt+Enter');
      const found = wanted().waitFor({ timeout: 4_000 });
      if (await found.then(() => true).catch(() => false)) {
        return;
      }
    }
    await wanted().waitFor({ timeout: 1_000 });
  }

  it('says in an empty view what to do', async () => {
    await session.workbench.runCommand('Variorum: Show Branches');
    const view = session.workbench.webview('view');
    await view.getByRole('button', { name: /Continue/ }).waitFor();
    await session.screenshot('looks-empty');
  });

  it('fits 300 px in every theme', async () => {
    await session.workbench.focusEditor();
    await session.workbench.press('Control+End', 'Alt+Enter');
    const view = session.workbench.webview('view');
    const ended = { hasText: /Ended|At limit/ };
    await view.getByRole('listitem').nth(4).locator('.status', ended).waitFor();
    await session.workbench.press('Alt+3');
    await view.getByRole('listitem').nth(2).locator('.mark').waitFor();
    await session.workbench.setSecondarySideBarWidth(300);
    for (const theme of THEMES satisfies readonly ThemeName[]) {
      await session.theme(theme);
      await session.screenshot(`looks-300-${theme}`);
    }
    const overflow = await view
      .locator('body')
      .evaluate((body) => body.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    const cut = await view.locator('.card .actions').evaluateAll((all) =>
      all.map((actions) => {
        const card = actions.closest('.card')?.getBoundingClientRect();
        return actions.getBoundingClientRect().right - (card?.right ?? 0);
      }),
    );
    assert.ok(
      cut.every((beyond) => beyond <= 0),
      `buttons end ${cut.join()} px beyond their cards`,
    );
  });

  it('explains a token on hover, in the panel and in the editor', async () => {
    await session.theme('dark');
    await session.workbench.setSecondarySideBarWidth(420);
    const view = session.workbench.webview('view');
    await view.getByRole('listitem').first().locator('.text span').nth(4).hover();
    await view.getByRole('tooltip').or(view.locator('.popup')).first().waitFor();
    await session.screenshot('looks-hover');
  });

  it('holds sixteen branches', async () => {
    session.configure({ 'variorum.branches': 16 });
    await session.workbench.focusEditor();
    await continueUntil(() => session.workbench.webview('view').getByRole('listitem').nth(15));
    await session.screenshot('looks-sixteen');
  });

  it('holds thirty-two, and passes axe', async () => {
    session.configure({ 'variorum.branches': 32 });
    await session.workbench.focusEditor();
    const view = session.workbench.webview('view');
    await continueUntil(() => view.locator('.number', { hasText: /^32$/ }).first());
    await view.locator('.ideas:visible').waitFor();
    const body = await view.locator('body').elementHandle();
    const frame = await body.ownerFrame();
    assert.ok(frame);
    assert.deepEqual(await violationsIn(frame), []);
    await session.screenshot('looks-thirty-two');
  });

  it('says on the cards what went wrong', async () => {
    session.configure({ 'variorum.branches': 3, 'variorum.temperature': -1 });
    await continueUntil(() =>
      session.workbench.webview('view').getByText('temperature is -1').first(),
    );
    await session.screenshot('looks-error');
  });
});
