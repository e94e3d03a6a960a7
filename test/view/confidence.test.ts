import assert from 'node:assert/strict';
import type { ThemeName } from '../../scripts/hosts/themes';
import { Session } from './harness';

/** Human text, in which Sketch finds things given, likely and unlikely. */
const PAGE = [
  'Once upon a time there was an old woman who lived in a little house at the end of the world.',
  'She shook her head, and for the first time in his life he did not know what to say to her.',
  'The zinc tide gnawed marzipan out of Thursday; on the other hand, nothing of the kind was expected.',
].join('\n\n');
const THEMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

describe('confidence in the editor', () => {
  let session: Session;

  before(async () => {
    session = await Session.open({
      files: { 'draft.md': `${PAGE}\n` },
      settings: {
        'variorum.seed': 3,
        // Sketch is seldom certain: with lower steps its text shows every mark there is.
        'variorum.confidence.thresholds': { low: 0.005, sure: 0.25, surer: 0.35, surest: 0.6 },
        'editor.wordWrap': 'on',
        'editor.minimap.enabled': false,
      },
      open: 'draft.md',
      theme: 'light',
    });
    await session.workbench.openFile('draft.md');
    await session.workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
  });
  after(() => session.close());

  const marks = () =>
    session.workbench
      .editor()
      .locator('.view-overlays .cdr[class*="ced-"], .view-lines [class*="ced-"]');

  it('colours human text that was scored, in every theme', async () => {
    await session.workbench.runCommand('Variorum: Show Token Confidence of the Document');
    await marks().nth(5).waitFor();
    for (const theme of THEMES satisfies readonly ThemeName[]) {
      await session.theme(theme);
      await session.screenshot(`confidence-scored-${theme}`);
    }
  });

  it('is toggled from the title of the editor', async () => {
    const toggle = session.workbench.page.locator('.editor-actions [aria-label*="Token Colours"]');
    await toggle.click();
    await marks().first().waitFor({ state: 'detached' });
    await toggle.click();
    await marks().nth(5).waitFor();
  });

  it('says a token aloud through the alert region of the workbench', async () => {
    await session.workbench.focusEditor();
    await session.workbench.press('Control+Home');
    await session.workbench.runCommand('Variorum: Speak the Token at the Cursor');
    const alert = session.workbench.page.locator('.monaco-aria-container .monaco-alert', {
      hasText: /Once, .*%.*scored by Sketch/,
    });
    await alert.first().waitFor({ state: 'attached' });
    assert.match((await alert.first().textContent()) ?? '', /instead:/);
  });

  it('sums a passage up, with what the marks mean', async () => {
    await session.theme('dark');
    await session.workbench.focusEditor();
    await session.workbench.press('Control+A');
    await session.workbench.runCommand('Variorum: Confidence Summary');
    const list = session.workbench.page.locator('.quick-input-list');
    await list.getByText('Perplexity').waitFor();
    await list.getByText('Branching factor').waitFor();
    await session.screenshot('confidence-summary');
    await session.workbench.press('Escape');
  });

  it('shows what is given and stuck in a branch, and its summary behind the line', async () => {
    await session.workbench.focusEditor();
    await session.workbench.press('Control+End', 'Alt+Enter');
    const view = session.workbench.webview('view');
    await view
      .getByRole('listitem')
      .nth(4)
      .locator('.status', { hasText: /Ended|At limit/ })
      .waitFor();
    await session.workbench.press('Alt+2');
    await session.workbench
      .editor()
      .getByText(/perplexity\s\d/)
      .first()
      .waitFor();
    await view.locator('.given').first().waitFor({ state: 'attached' });
    for (const theme of ['dark', 'light', 'high-contrast'] satisfies readonly ThemeName[]) {
      await session.theme(theme);
      await session.screenshot(`confidence-branch-${theme}`);
    }
  });
});
