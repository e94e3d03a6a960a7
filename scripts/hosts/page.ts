import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { SetupError } from './setup-error';

const READY_MS = 60_000;
/** The first webview after a reload waits for its service worker, half a minute on a busy machine. */
const STEP_MS = 45_000;
const CLICK_MS = 5_000;

/** VS Code's command palette, quick pick and input box are one widget. */
const QUICK_INPUT = '.quick-input-widget:not([style*="display: none"])';

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  /** What the system asks of pages; VS Code follows it. */
  readonly reducedMotion?: 'reduce' | 'no-preference';
}

/** A workbench open in a page, driven the way a person does it: keys, clicks, the palette. */
export class Workbench {
  /** What the page and its webviews wrote to the console, newest last. */
  readonly log: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => this.remember(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.remember(`uncaught: ${error.stack ?? error.message}`));
  }

  /** Opens an address made by `workbenchUrl` in a browser profile of its own. */
  static async open(browser: Browser, url: string, options: OpenOptions = {}): Promise<Workbench> {
    const { width = 1280, height = 800, reducedMotion = 'no-preference' } = options;
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion });
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    const workbench = new Workbench(page);
    await page.goto(url, { waitUntil: 'commit', timeout: READY_MS });
    await workbench.ready();
    return workbench;
  }

  /** Waits until the layout is restored and the connection to the server stands. */
  async ready(): Promise<void> {
    const { page } = this;
    try {
      await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: READY_MS });
      await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: READY_MS });
      await page.waitForFunction(connected, undefined, { timeout: READY_MS });
    } catch (error) {
      throw new SetupError(
        `The workbench was not ready in ${READY_MS / 1000} s (${String(error)}).`,
        'See the log lines above.',
        this.log.slice(-20).join('\n'),
      );
    }
  }

  /** Reloads the window the way VS Code does, which saves its layout first, and waits for it. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('domcontentloaded', { timeout: READY_MS });
    await this.runCommand('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  /** Runs a command by the title that the palette shows, such as "Variorum: Continue". */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator(`${QUICK_INPUT} .monaco-list-row`).filter({
      has: this.page.locator('.label-name').getByText(title, { exact: true }),
    });
    await this.choose(row, 'F1', `>${title}`, `The command "${title}"`);
  }

  /** Presses keys with real key events, e.g. "Control+A", one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types text with real key events into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 5 });
  }

  /** Opens a file of the workspace by name and focuses its editor. */
  async openFile(name: string): Promise<Locator> {
    const row = this.page.locator(`${QUICK_INPUT} .monaco-list-row`).filter({ hasText: name });
    await this.choose(row, 'Control+P', name, `The file "${name}"`);
    await this.page.locator('.tab.active').filter({ hasText: name }).waitFor();
    await this.focusEditor();
    return this.editor();
  }

  /** The active text editor. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Puts the focus into the text editor of the first group; a click would move the caret. */
  async focusEditor(): Promise<void> {
    await this.editor().locator('.view-lines').first().waitFor();
    await this.page.keyboard.press('Control+1');
    await this.editor().and(this.page.locator('.focused')).waitFor();
  }

  /**
   * The inside of a webview. Without a filter the first one; `view` are those in side bars and
   * the panel, `tab` those that open as editors. A view that was hidden and is shown again no longer
   * says that it is one.
   */
  webview(kind?: 'view' | 'tab', nth = 0): FrameLocator {
    const purpose = {
      view: '[src*="purpose=webviewView"]',
      tab: ':not([src*="purpose=webviewView"])',
    };
    const outer = `iframe.webview${kind ? purpose[kind] : ''}`;
    return this.page.locator(outer).nth(nth).contentFrame().frameLocator('iframe#active-frame');
  }

  /** The side bar on the right. */
  secondarySideBar(): Locator {
    return this.page.locator('.part.auxiliarybar');
  }

  /** Drags the border of the secondary side bar until it is so wide. */
  async setSecondarySideBarWidth(width: number): Promise<void> {
    // Newer workbenches have a gap between border and side bar, so the first drag may miss it.
    for (let tries = 0; tries < 3; tries++) {
      const box = await this.secondarySideBar().boundingBox();
      if (!box) throw new Error('The secondary side bar is not shown.');
      if (Math.abs(box.width - width) < 1) return;
      await this.drag(box.x - 1, box.y + box.height / 2, box.width - width);
    }
    throw new Error(`The secondary side bar cannot be made ${width} px wide.`);
  }

  /** Changes the size of the whole window. */
  async resize(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height });
  }

  /** Waits until the colour theme is of that kind; see `THEMES` for how to set one. */
  async waitForThemeKind(kind: string): Promise<void> {
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Hides what comes and goes on its own, so that pictures of the same thing are the same. */
  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** Takes a picture of the page, or of a part of it. */
  async screenshot(path: string, part?: Locator): Promise<void> {
    if (part) await part.screenshot({ path });
    else await this.page.screenshot({ path });
  }

  /** Closes the page with its browser profile. */
  async close(): Promise<void> {
    await this.page.context().close();
  }

  private async drag(x: number, y: number, by: number): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + by, y, { steps: 10 });
    await mouse.up();
    await mouse.move(x / 2, y);
  }

  /**
   * Opens a quick input, looks a line up and clicks it. A workbench that is still busy may close the input before
   * the click; a key instead of one would then go into the draft.
   */
  private async choose(row: Locator, key: string, text: string, what: string): Promise<void> {
    const deadline = Date.now() + READY_MS;
    const run = async (): Promise<void> => {
      await this.untilFound(row, key, text, what);
      await row.first().click({ timeout: CLICK_MS });
    };
    while (!(await succeeds(run()))) {
      if (Date.now() > deadline) {
        return run();
      }
    }
  }

  /**
   * Opens a quick input and types until it lists what is looked for: extensions register a little
   * after the workbench is up, and a workbench that is still starting may close the input again.
   */
  private async untilFound(row: Locator, key: string, text: string, what: string): Promise<void> {
    const input = this.page.locator(`${QUICK_INPUT} .quick-input-box input`);
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline) {
      if (!(await input.isVisible())) {
        await this.page.keyboard.press(key);
      }
      const listed = input
        .fill('', { timeout: 2_000 })
        .then(() => input.fill(text, { timeout: 2_000 }))
        .then(() => row.first().waitFor({ timeout: 1_500 }));
      if (await succeeds(listed)) {
        return;
      }
    }
    throw new Error(`${what} was not found in ${READY_MS / 1000} s.`);
  }

  private remember(line: string): void {
    this.log.push(line);
    if (this.log.length > 500) this.log.shift();
  }
}

/** Runs in the page: the remote indicator says where the window is connected to. */
function connected(): boolean {
  const remote = document.querySelector('.statusbar-item[id="status.host"]');
  return remote !== null && !/Opening Remote|Connecting/.test(remote.textContent);
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
