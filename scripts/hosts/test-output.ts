import type { ConsoleMessage, Page } from 'playwright-core';
import { PRESS_LINE, RESULT_LINE, TEST_LINE } from './test-line';

/** What every run says, and what no network means to it. */
const NOISE = /^%c *INFO|^Failed to load resource|getaddrinfo|latest version for the extension/;

/** Opens a workbench that runs tests, prints the tests' own lines and waits for their verdict. */
export class TestOutput {
  /** Whether the tests came to their end, whatever it was. */
  finished = false;
  private readonly recent: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly verbose: boolean,
  ) {
    page.on('console', (message) => this.take(message));
    page.on('pageerror', (error) => this.remember(`page error: ${error.message}`));
  }

  /** The exit code of the tests, or undefined when the time is over. */
  async open(url: string, limitMs: number): Promise<number | undefined> {
    let finish: (code: number | undefined) => void = () => undefined;
    const verdict = new Promise<number | undefined>((resolve) => (finish = resolve));
    const timer = setTimeout(() => finish(undefined), limitMs);
    await this.page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
    await this.page.exposeFunction('codeAutomationLog', () => undefined);
    this.page.on('crash', () => finish(undefined));
    await this.page.goto(url, { timeout: limitMs, waitUntil: 'commit' });
    return verdict.finally(() => clearTimeout(timer));
  }

  /** The last log lines, for when there is no verdict. */
  tail(): string {
    return this.recent.join('\n');
  }

  private take(message: ConsoleMessage): void {
    const text = message.text();
    const at = text.indexOf(TEST_LINE);
    if (at < 0) {
      this.remember(text);
      return;
    }
    const line = text.slice(at + TEST_LINE.length);
    if (line.startsWith(PRESS_LINE)) {
      void this.page.keyboard.press(line.slice(PRESS_LINE.length).trim());
      return;
    }
    this.finished ||= text.startsWith(RESULT_LINE, at + TEST_LINE.length);
    process.stdout.write(`${text.slice(at)}\n`);
  }

  private remember(line: string): void {
    if (this.verbose) process.stderr.write(`${line}\n`);
    if (NOISE.test(line)) return;
    this.recent.push(line.slice(0, 400));
    if (this.recent.length > 30) this.recent.shift();
  }
}
