import assert from 'node:assert/strict';
import { Session } from './harness';

const DRAFT = 'The ferry was late again, and nobody on the quay had said a word for an hour.';

describe('the Multiverse in the workbench', function () {
  this.bail(true);
  let session: Session;

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': DRAFT },
      settings: { 'variorum.seed': 7, 'variorum.maxTokens': 20 },
      open: 'draft.md',
      theme: 'dark',
    });
    const { workbench } = session;
    await workbench.openFile('draft.md');
    await workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await workbench.press('Control+End');
    await workbench.press('Alt+Enter');
    await workbench
      .webview('view')
      .getByRole('listitem')
      .nth(4)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
  });

  after(() => session.close());

  const plot = () => session.workbench.webview('tab');

  it('opens beside the draft with what is stored', async () => {
    await session.workbench.runCommand('Variorum: Show Multiverse');
    const blocks = plot().getByRole('treeitem');
    await blocks.first().waitFor();
    assert.ok((await blocks.count()) > 5);
    assert.match(
      await plot().locator('.place').innerText(),
      /said a word for an hour\..*draft\.md, line 1/s,
    );
    assert.match(
      await plot().locator('.cost').innerText(),
      /At most 25 requests.*It costs nothing/,
    );
    await session.screenshot('multiverse-stored');
  });

  it('asks Sketch for more, and is enlarged by the keyboard', async () => {
    await plot().getByRole('button', { name: 'Ask for more' }).click();
    await plot()
      .locator('.status', { hasText: /25 requests made/ })
      .waitFor();
    await session.screenshot('multiverse-asked');
    await plot().locator('.box[tabindex="0"]').focus();
    await session.workbench.press('Enter');
    await plot().locator('.measure', { hasText: /bits/ }).filter({ hasNotText: '×1 ·' }).waitFor();
    await session.screenshot('multiverse-enlarged');
  });

  it('puts a second model beside the first, from the list of models', async () => {
    await plot().getByRole('button', { name: 'Compare' }).click();
    const { page } = session.workbench;
    await page
      .locator('.quick-input-widget .quick-input-title', { hasText: 'beside the first' })
      .waitFor();
    await session.workbench.type('Sketch');
    const row = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Sketch' });
    await row.waitFor();
    await session.workbench.press('Enter');
    await plot().locator('.side').nth(1).waitFor();
    await session.screenshot('multiverse-two');
  });
});
