import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ThemeName } from '../../scripts/hosts/themes';
import { Session } from './harness';

const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
const DRAFT = 'The ferry was late again, and nobody on the quay had said a word for an hour.';

describe('the Tree view in the workbench', function () {
  this.bail(true);
  let session: Session;

  const rows = (): Locator =>
    session.workbench.page.locator('.pane', { hasText: 'Tree' }).getByRole('treeitem');

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': DRAFT },
      settings: { 'variorum.seed': 7, 'variorum.maxTokens': 30 },
      open: 'draft.md',
    });
    const { workbench } = session;
    await workbench.openFile('draft.md');
    await workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await workbench.press('Control+End');
    await workbench.press('Alt+Enter');
    await workbench
      .webview()
      .getByRole('listitem')
      .nth(4)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
  });

  after(() => session.close());

  it('follows the cursor into the branch that was inserted', async () => {
    const { page } = session.workbench;
    await page.locator('.pane-header', { hasText: 'Tree' }).click();
    await rows().first().waitFor();
    assert.match((await rows().first().getAttribute('aria-label')) ?? '', /The ferry was late/);
    await session.workbench.page.locator('.monaco-editor .view-lines').first().click();
    await session.workbench.press('Control+End');
    await session.workbench.press('Alt+2');
    const selected = rows().and(page.locator('[aria-selected="true"]'));
    await selected.filter({ hasText: '#2' }).waitFor();
    assert.match((await selected.getAttribute('aria-label')) ?? '', /#2 Sketch, in the document/);
    await session.screenshot('tree');
  });

  /** The row where the cursor is. */
  const selected = (): Locator =>
    rows().and(session.workbench.page.locator('[aria-selected="true"]'));

  /** Opens an input box, types, and presses a last key. */
  async function fill(open: () => Promise<void>, text: string, last: string): Promise<void> {
    const { page } = session.workbench;
    await open();
    const box = page.locator('.quick-input-widget .quick-input-title', { hasText: 'for “' });
    await box.or(page.locator('.quick-input-title', { hasText: 'Note on “' })).waitFor();
    await session.workbench.press('Control+A');
    await (text === '' ? session.workbench.press('Delete') : session.workbench.type(text));
    await session.workbench.press(last);
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  const note = () => session.workbench.runCommand('Variorum: Note on Node…');
  /** By the key that renames in every tree of VS Code. */
  const rename = async () => {
    await selected().first().click();
    await session.workbench.press('F2');
  };

  it('takes a note that is typed, shows it, and takes it off again', async () => {
    await fill(note, 'Which table?', 'Enter');
    await selected().filter({ hasText: 'Which table? — #2 Sketch' }).waitFor();
    await fill(note, 'Never mind', 'Escape');
    await selected().filter({ hasText: 'Which table? —' }).waitFor();
    await fill(note, '', 'Enter');
    await selected().filter({ hasNotText: 'Which table?' }).waitFor();
  });

  it('gives a node the name that is typed, and its first words again', async () => {
    const before = await selected().getAttribute('aria-label');
    await fill(rename, 'The quay', 'Enter');
    await selected()
      .filter({ hasText: /^The quay/ })
      .waitFor();
    assert.match((await selected().getAttribute('aria-label')) ?? '', /^The quay, #2 Sketch/);
    await fill(rename, '', 'Enter');
    await selected().filter({ hasNotText: 'The quay' }).waitFor();
    assert.equal(await selected().getAttribute('aria-label'), before);
  });

  it('shows a long tree at 300 px in every theme', async () => {
    const { workbench } = session;
    for (let batch = 0; batch < 5; batch++) {
      await workbench.focusEditor();
      await workbench.press('Control+End', 'Alt+Enter');
      const cards = workbench.webview().getByRole('listitem');
      await cards
        .nth(4)
        .locator('.status', { hasText: /Ended|At limit/ })
        .waitFor();
      await workbench.press('Control+End', `Alt+${(batch % 5) + 1}`);
      await selected()
        .filter({ hasText: `#${(batch % 5) + 1} ` })
        .waitFor();
    }
    await fill(note, 'the turn: she looks at the table first', 'Enter');
    await workbench.setSecondarySideBarWidth(300);
    // The tree alone, as those have it who look around in it.
    await workbench.page.locator('.pane-header', { hasText: 'Branches' }).click();
    for (const theme of THEMES satisfies readonly ThemeName[]) {
      await session.theme(theme);
      await showHover();
      await session.screenshot(`tree-300-${theme}`);
      await workbench.page.mouse.move(400, 300);
    }
  });

  /** A row that still moves under the mouse shows nothing: it is pointed at again. */
  async function showHover(): Promise<void> {
    const { page } = session.workbench;
    const hover = page.locator('.monaco-hover:visible', { hasText: 'temperature' });
    const isShown = () =>
      hover.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    for (let tries = 0; tries < 6; tries++) {
      await selected().hover();
      if (await isShown()) {
        return;
      }
      await page.mouse.move(400, 300);
    }
    assert.fail('The hover did not appear.');
  }
});
