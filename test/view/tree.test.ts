import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Session } from './harness';

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
});
