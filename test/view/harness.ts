/**
 * What the view tests stand on: one VS Code server and one browser for all of them, and for each
 * test a workspace folder and a page of its own. A test that fails leaves a picture of its page.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/hosts/browser';
import { installHost } from '../../scripts/hosts/install';
import { Workbench, type OpenOptions } from '../../scripts/hosts/page';
import { ROOT } from '../../scripts/hosts/paths';
import { startServer, type Server } from '../../scripts/hosts/server';
import { QUIET, WITHOUT_CHAT, type Settings } from '../../scripts/hosts/settings';
import { removeFolder, temporaryFolder } from '../../scripts/hosts/temporary';
import { THEMES, type ThemeName } from '../../scripts/hosts/themes';
import { workbenchUrl } from '../../scripts/hosts/url';
import { parseHostVersion } from '../../scripts/hosts/versions';

/** Which VS Code these tests run in. */
export const HOST_VERSION = parseHostVersion(process.env['VARIORUM_HOST'] ?? 'newest');

/** Where pictures go; git ignores it. */
export const SCREENSHOTS = join(ROOT, 'test/screenshots', HOST_VERSION);

export interface SessionOptions extends OpenOptions {
  /** The workspace's files by relative path; else one short draft.md. */
  readonly files?: Readonly<Record<string, string>>;
  /** Workspace settings to begin with. */
  readonly settings?: Settings;
  readonly theme?: ThemeName;
  /** The extension's folder; else this checkout (built). */
  readonly extension?: string;
  /** A file to have open in the editor from the start. */
  readonly open?: string;
}

/** A workbench with a workspace of its own. */
export class Session {
  private constructor(
    readonly workbench: Workbench,
    readonly folder: string,
    /** Where its VS Code keeps settings, state and logs. */
    readonly dataDir: string,
    private settings: Settings,
  ) {}

  /** Opens a fresh workspace in a fresh page, with the extension loaded from disk. */
  static async open(options: SessionOptions = {}): Promise<Session> {
    const { server, browser } = await shared();
    const folder = temporaryFolder('variorum-view-');
    writeFiles(folder, options.files ?? { 'draft.md': '# Draft\n\nThe ferry was late again.\n' });
    const settings = { ...options.settings, ...themeSetting(options.theme ?? 'light') };
    writeSettings(folder, settings);
    const url = workbenchUrl(server, {
      folder,
      extensionDevelopmentPath: options.extension ?? ROOT,
      ...(options.open && { openFile: join(folder, options.open) }),
    });
    const session = new Session(
      await Workbench.open(browser, url, options),
      folder,
      server.dataDir,
      settings,
    );
    open.add(session);
    return session;
  }

  /** Changes workspace settings; VS Code notices by itself, wait for what you expect of it. */
  configure(settings: Settings): void {
    this.settings = { ...this.settings, ...settings };
    writeSettings(this.folder, this.settings);
  }

  /** Changes the colour theme and waits until the workbench shows it. */
  async theme(name: ThemeName): Promise<void> {
    this.configure(themeSetting(name));
    await this.workbench.waitForThemeKind(THEMES[name].kind);
  }

  /** Goes back to the built-in model: which one was chosen is kept for the windows of later tests. */
  async chooseSketch(amongSeveral = false): Promise<void> {
    const { page } = this.workbench;
    await this.workbench.runCommand('Variorum: Choose Model');
    await page.locator('.quick-input-widget .quick-input-title', { hasText: 'Which' }).waitFor();
    if (amongSeveral) {
      const several = page.locator('.quick-input-widget .action-label[aria-label^="Several"]');
      await several.dispatchEvent('click');
    }
    await this.workbench.type('Sketch');
    const row = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Sketch' });
    await row.waitFor();
    await this.workbench.press('Enter');
    await page.locator('.statusbar-item', { hasText: 'Sketch' }).waitFor();
  }

  /** Takes a picture into `SCREENSHOTS`. */
  async screenshot(name: string): Promise<string> {
    const path = join(SCREENSHOTS, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.workbench.screenshot(path);
    return path;
  }

  /** Closes the page and removes the workspace. */
  async close(): Promise<void> {
    open.delete(this);
    await this.workbench.close();
    removeFolder(this.folder);
  }
}

const open = new Set<Session>();
let running: Promise<{ server: Server; browser: Browser }> | undefined;

function shared(): Promise<{ server: Server; browser: Browser }> {
  running ??= start();
  return running;
}

async function start(): Promise<{ server: Server; browser: Browser }> {
  const host = await installHost(HOST_VERSION);
  const settings = { ...QUIET, ...WITHOUT_CHAT, 'files.exclude': { '**/.vscode': true } };
  const [server, browser] = await Promise.all([startServer(host, { settings }), launchBrowser()]);
  return { server, browser };
}

function themeSetting(name: ThemeName): Settings {
  return { 'workbench.colorTheme': THEMES[name].setting };
}

function writeSettings(folder: string, settings: Settings): void {
  writeFiles(folder, { '.vscode/settings.json': JSON.stringify(settings, null, 2) });
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

before(async function () {
  this.timeout(10 * 60_000); // The very first run installs VS Code and a browser.
  await shared();
});

afterEach(async function () {
  const failed = this.currentTest?.state === 'failed';
  for (const session of [...open]) {
    if (failed) {
      const title = this.currentTest?.fullTitle().replace(/[^\p{L}\p{N}]+/gu, '-') ?? 'test';
      console.log(`      see ${await session.screenshot(`failed-${title}`)}`);
    }
  }
});

after(async () => {
  const { server, browser } = (await running?.catch(() => undefined)) ?? {};
  await browser?.close();
  server?.dispose();
});
