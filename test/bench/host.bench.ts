import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { median, type Measure } from '../../scripts/bench/measure';
import { launchBrowser } from '../../scripts/hosts/browser';
import { installHost } from '../../scripts/hosts/install';
import { Workbench } from '../../scripts/hosts/page';
import { ROOT } from '../../scripts/hosts/paths';
import { startServer } from '../../scripts/hosts/server';
import { QUIET, WITHOUT_CHAT } from '../../scripts/hosts/settings';
import { workbenchUrl } from '../../scripts/hosts/url';
import { VSIX, makePackage } from '../../scripts/package';

declare global {
  interface Window {
    /** Milliseconds since the epoch. */
    pressed: number;
    shown: number;
  }
}

const KEYS = 9;

/** Sizes of what ships. The extension must be built. */
export async function sizeBench(): Promise<Measure[]> {
  await makePackage();
  const kilobytes = statSync(join(ROOT, 'dist/extension.js')).size / 1024;
  const megabytes = statSync(join(ROOT, VSIX)).size / 1024 / 1024;
  return [
    {
      what: 'bundle that activates',
      budget: '≤ 120 KB',
      measured: `${kilobytes.toFixed(0)} KB`,
      ok: kilobytes <= 120,
    },
    {
      what: 'whole .vsix',
      budget: '≤ 8 MB',
      measured: `${megabytes.toFixed(2)} MB`,
      ok: megabytes <= 8,
    },
  ];
}

/** Activation, and the time from the key to the first token on screen, in a real VS Code. */
export async function hostBench(): Promise<Measure[]> {
  const host = await installHost('newest');
  const folder = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
  copyFileSync(join(ROOT, 'media/sample/draft.md'), join(folder, 'draft.md'));
  const server = await startServer(host, { settings: { ...QUIET, ...WITHOUT_CHAT } });
  const browser = await launchBrowser();
  try {
    const url = workbenchUrl(server, { folder, extensionDevelopmentPath: ROOT });
    // High enough that the startup report is drawn whole.
    const tall = await Workbench.open(browser, url, { height: 3000 });
    const activation = await activationTime(tall);
    await tall.close();
    const workbench = await Workbench.open(browser, url);
    await workbench.openFile('draft.md');
    await workbench.page.locator('.editor-actions [aria-label^="Continue"]').waitFor();
    await workbench.press('Control+End');
    return [activation, ...(await firstTokens(workbench))];
  } finally {
    await browser.close();
    server.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What VS Code itself says in its startup report. */
async function activationTime(workbench: Workbench): Promise<Measure> {
  await workbench.page.waitForTimeout(3000);
  await workbench.runCommand('Developer: Startup Performance');
  const row = workbench.page.locator('.view-line', { hasText: /^\|\s*variorum/ });
  const [, , , load, activate] = ((await row.textContent()) ?? '').split('|');
  const milliseconds = Number(activate);
  return {
    what: 'activate()',
    budget: '≤ 15 ms',
    measured: `${milliseconds} ms (and ${Number(load)} ms to load its code)`,
    ok: milliseconds <= 15,
  };
}

async function firstTokens(workbench: Workbench): Promise<Measure[]> {
  await workbench.page.evaluate(() => {
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.altKey && event.key === 'Enter') {
          window.pressed = performance.timeOrigin + event.timeStamp;
        }
      },
      true,
    );
  });
  await workbench.press('Control+End', 'Alt+Enter');
  const view = await viewFrame(workbench);
  const waits: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    await view.evaluate(watchForToken);
    await workbench.press('Alt+Enter');
    await view.waitForFunction(() => window.shown > 0);
    const shown = await view.evaluate(() => window.shown);
    waits.push(shown - (await workbench.page.evaluate(() => window.pressed)));
    await workbench.page.waitForTimeout(700);
  }
  const typical = median(waits);
  return [
    {
      what: `key to first Sketch token painted, median of ${KEYS} (view open, draft of 20 KB)`,
      budget: '≤ 150 ms',
      measured: `${typical.toFixed(0)} ms (${waits.map((wait) => wait.toFixed(0)).join(', ')})`,
      ok: typical <= 150,
    },
  ];
}

/** Runs in the view: notes when the first token of a new batch has been painted. */
function watchForToken(): void {
  window.shown = 0;
  const old = new Set(document.querySelectorAll('.text span'));
  const observer = new MutationObserver(() => {
    const token = document.querySelector('.text span');
    if (token && !old.has(token)) {
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          window.shown = performance.timeOrigin + performance.now();
        };
        port2.postMessage(null);
      });
    }
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/** The innermost frame of the Branches view, once it shows a token. */
async function viewFrame(workbench: Workbench): Promise<Frame> {
  const token = workbench.webview('view').locator('.text span').first();
  await token.waitFor();
  const handle = await token.elementHandle();
  const frame = await handle.ownerFrame();
  if (!frame) {
    throw new Error('The Branches view has no frame.');
  }
  return frame;
}
