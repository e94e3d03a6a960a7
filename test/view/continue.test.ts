import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../scripts/hosts/paths';
import { Session } from './harness';

const DRAFT = readFileSync(join(ROOT, 'media/sample/draft.md'), 'utf8');

describe('one key, five branches', function () {
  this.bail(true);
  let session: Session;
  let texts: string[];
  const text = (n: number): string => texts[n - 1] ?? '';

  const cards = (): Locator => session.workbench.webview().getByRole('listitem');
  const textOf = async (n: number): Promise<string> =>
    (await cards()
      .nth(n - 1)
      .locator('.text')
      .textContent()) ?? '';
  /** Saves until the file holds the text. */
  const untilSaved = (text: string): Promise<void> =>
    untilEqual(async () => {
      await session.workbench.press('Control+S');
      return readFileSync(join(session.folder, 'draft.md'), 'utf8').slice(-2000);
    }, text.slice(-2000));

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': DRAFT },
      settings: {
        'variorum.seed': 7,
        'variorum.maxTokens': 60,
        'variorum.editorColours': 'always',
      },
      open: 'draft.md',
    });
    await session.workbench.openFile('draft.md');
    // Its keys work once its button is there.
    await session.workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await session.workbench.press('Control+End');
  });

  after(() => session.close());

  it('streams five cards and leaves focus and text alone', async () => {
    await session.workbench.press('Alt+Enter');
    await cards()
      .nth(4)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
    assert.equal(await cards().count(), 5);
    texts = await Promise.all([1, 2, 3, 4, 5].map(textOf));
    assert.equal(new Set(texts).size, 5);
    await session.workbench.type('!');
    await session.workbench.press('Backspace');
    await untilSaved(DRAFT);
    await session.screenshot('continue-five');
  });

  it('inserts with Alt and the number, the caret after it', async () => {
    await session.workbench.press('Alt+2');
    await cards().nth(1).locator('.mark').waitFor();
    await untilSaved(DRAFT + text(2));
    await session.screenshot('continue-inserted');
  });

  it('swaps until the writer types', async () => {
    await session.workbench.press('Alt+4');
    await cards().nth(3).locator('.mark').waitFor();
    await untilSaved(DRAFT + text(4));
  });

  it('undoes a swap and the choice, one step each, and redoes them', async () => {
    await session.workbench.press('Control+Z');
    await untilSaved(DRAFT + text(2));
    await session.workbench.press('Control+Z');
    await untilSaved(DRAFT);
    await session.workbench.press('Control+Y', 'Control+Y');
    await untilSaved(DRAFT + text(4));
  });

  it('starts a new choice at the caret once the writer has typed', async () => {
    await session.workbench.press('Control+End');
    await session.workbench.type(' Yes.');
    await session.workbench.press('Alt+1');
    await cards().first().locator('.mark').waitFor();
    await untilSaved(`${DRAFT}${text(4)} Yes.${text(1)}`);
  });

  it('inserts with a click and puts the focus back into the editor', async () => {
    await cards().nth(2).getByRole('button', { name: 'Insert' }).click();
    await cards().nth(2).locator('.mark').waitFor();
    await session.workbench.type(' More.');
    await untilSaved(`${DRAFT}${text(4)} Yes.${text(3)} More.`);
  });

  it('shows the same branches after the view was hidden', async () => {
    await session.workbench.runCommand('View: Toggle Secondary Side Bar Visibility');
    await session.workbench.secondarySideBar().waitFor({ state: 'hidden' });
    await session.workbench.runCommand('View: Toggle Secondary Side Bar Visibility');
    await cards().nth(4).waitFor();
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(textOf)), texts);
  });

  it('shows branches and colours again after a reload of the window', async () => {
    const before = await colours(session);
    assert.ok(before.length > 5, `only ${before.length} coloured stretches`);
    await session.workbench.reload();
    await cards().nth(4).waitFor();
    assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(textOf)), texts);
    await session.workbench.editor().click();
    await session.workbench.press('Control+End');
    await untilEqual(() => colours(session), before);
    await session.screenshot('continue-reloaded');
  });
});

/** Where the editor draws token decorations: left and width of each, line by line. */
async function colours(session: Session): Promise<string[]> {
  return session.workbench
    .editor()
    .locator('.view-overlays')
    .evaluate((overlays) =>
      [...overlays.querySelectorAll<HTMLElement>('.cdr[class*="ced-"]')].map(
        ({ style }) => `${style.left}+${style.width}`,
      ),
    );
}

async function untilEqual<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await read();
    if (JSON.stringify(found) === JSON.stringify(wanted)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.deepEqual(await read(), wanted);
}
