import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ROOT } from '../../scripts/hosts/paths';
import type { ThemeName } from '../../scripts/hosts/themes';
import { Session } from './harness';

/** A probe instead of the real extension: what fails here is the harness. */
const PROBE = join(ROOT, 'test/fixtures/probe-extension');

describe('the view tests’ own ground', () => {
  let session: Session;

  before(async () => {
    session = await Session.open({ extension: PROBE });
    await session.workbench.runCommand('Probe: Open');
  });

  after(() => session.close());

  it('shows a webview in the secondary side bar', async () => {
    await session.workbench.secondarySideBar().waitFor();
    await session.workbench.webview('view').getByRole('heading', { name: 'Probe' }).waitFor();
  });

  it('clicks, types and presses keys inside it', async () => {
    const view = session.workbench.webview('view');
    await view.getByRole('button').click();
    await view.getByRole('button', { name: 'Clicked 1' }).waitFor();
    await session.workbench.press('1', 'Enter', 'Escape');
    const status = view.getByRole('status');
    assert.equal(await status.textContent(), '1 Enter Escape ');
    await view.getByLabel('Words').click();
    await session.workbench.type('ferry');
    assert.equal(await view.getByLabel('Words').inputValue(), 'ferry');
  });

  it('makes the side bar narrow', async () => {
    await session.workbench.setSecondarySideBarWidth(300);
    const box = await session.workbench.secondarySideBar().boundingBox();
    assert.ok(box && Math.abs(box.width - 300) < 1);
  });

  for (const theme of [
    'light',
    'dark',
    'high-contrast',
    'high-contrast-light',
  ] satisfies ThemeName[]) {
    it(`changes the theme of both to ${theme}`, async () => {
      await session.theme(theme);
      const kind =
        { light: 'vscode-light', dark: 'vscode-dark' }[theme as string] ?? `vscode-${theme}`;
      await session.workbench.webview('view').locator(`body.${kind}`).waitFor();
      await session.screenshot(`smoke-${theme}`);
    });
  }

  it('types into the editor of a file', async () => {
    const editor = await session.workbench.openFile('draft.md');
    await session.workbench.press('Control+End');
    await session.workbench.type('Nobody said so.');
    await editor.getByText('Nobody said so.').waitFor();
  });

  it('comes back after the window is reloaded', async () => {
    await session.workbench.reload();
    await session.workbench.webview('view').getByRole('button', { name: 'Clicked 0' }).waitFor();
  });
});
