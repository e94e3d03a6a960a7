/** Runs the view in a real browser with a stand-in for the extension host. */
import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/hosts/chromium';
import { ROOT } from '../../../scripts/hosts/paths';
import { violationsIn } from '../axe';
import type {
  Action,
  BatchView,
  BranchDelta,
  ErrorInfo,
  ToHost,
  ToView,
} from '../../../src/protocol';
import { THEMES, type ThemeName } from './themes';

export interface PageOptions {
  theme?: ThemeName;
  width?: number;
  height?: number;
  /** What `getState` gives back, as after hiding and showing the view. */
  memory?: unknown;
  /** A script that runs before everything else. */
  before?: () => void;
  /** False: motion is welcome. */
  reducedMotion?: boolean;
  /** A translation, as the host writes it into the page. */
  strings?: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    posted: ToHost[];
    memory: unknown;
  }
}

/** What makes a page: its script, and its styles in `media`. */
export interface PageParts {
  script: string;
  styles: readonly string[];
}

export const BRANCHES_PAGE: PageParts = { script: 'src/view/main.ts', styles: ['branches'] };

/** One browser for a file of tests; each page of it stands alone. */
export class Harness {
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly origin: string,
  ) {}

  static async start(parts = BRANCHES_PAGE): Promise<Harness> {
    const { server, origin } = await serve(parts);
    const browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [...CHROMIUM_ARGS],
    });
    return new Harness(browser, server, origin);
  }

  async open(options: PageOptions = {}): Promise<ViewPage> {
    const { theme = 'dark', width = 340, height = 800, memory = null } = options;
    const context = await this.browser.newContext({
      viewport: { width, height },
      reducedMotion: options.reducedMotion === false ? 'no-preference' : 'reduce',
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        errors.push(message.text());
      }
    });
    // The TypeScript runner names functions through a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (value) => value');
    if (options.before) {
      await page.addInitScript(options.before);
    }
    await page.addInitScript((saved) => {
      window.posted = [];
      window.memory = saved;
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: ToHost) => window.posted.push(message),
          getState: () => window.memory,
          setState: (state: unknown) => (window.memory = state),
        }),
      });
    }, memory);
    const query = new URLSearchParams({ strings: JSON.stringify(options.strings ?? {}) });
    await page.goto(`${this.origin}/${theme}?${query.toString()}`);
    return new ViewPage(page, errors);
  }

  /** Bytes of its own that the process of a page holds after a collection; Linux only. */
  async memory({ page }: ViewPage): Promise<number> {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const all = await this.browser.newBrowserCDPSession();
    const { processInfo } = await all.send('SystemInfo.getProcessInfo');
    const sizes = await Promise.all(
      processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id)),
    );
    return Math.max(...sizes);
  }

  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}

/** The view on a page, and the host's end of the wire. */
export class ViewPage {
  #rev = 0;

  constructor(
    readonly page: Page,
    readonly errors: readonly string[],
  ) {}

  /** Sends a message and waits until it has been drawn. */
  async send(message: ToView): Promise<void> {
    await this.page.evaluate((data) => {
      window.postMessage(data, '*');
    }, message);
    await this.drawn();
  }

  state(batch: BatchView): Promise<void> {
    this.#rev += 1;
    return this.send({ type: 'state', rev: this.#rev, batch });
  }

  delta(items: readonly BranchDelta[]): Promise<void> {
    this.#rev += 1;
    return this.send({ type: 'delta', rev: this.#rev, items });
  }

  reply(re: number, error?: ErrorInfo): Promise<void> {
    return this.send(error ? { type: 'reply', re, error } : { type: 'reply', re });
  }

  /** Loses a message: its number is used, and nothing comes. */
  lose(): void {
    this.#rev += 1;
  }

  async drawn(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => resolve())));
        }),
    );
  }

  posted(): Promise<ToHost[]> {
    return this.page.evaluate(() => window.posted);
  }

  /** The actions asked for so far. */
  async actions(): Promise<Action[]> {
    return (await this.posted()).flatMap((message) =>
      message.type === 'do' ? [message.action] : [],
    );
  }

  /** The rules that axe finds broken, with where. */
  violations(): Promise<string[]> {
    return violationsIn(this.page);
  }

  async screenshot(name: string): Promise<void> {
    const folder = join(ROOT, 'test/screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `view-${name}.png`) });
  }
}

async function ownMemory(process: number): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Serves the page as the host would write it: the same body, and the same policy. */
async function serve(parts: PageParts): Promise<{ server: Server; origin: string }> {
  const [script, style] = await Promise.all([
    bundle(parts.script),
    Promise.all(
      parts.styles.map((name) => readFile(join(ROOT, 'media', `${name}.css`), 'utf8')),
    ).then((all) => all.join('\n')),
  ]);
  const colours = await contributedColours();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname.slice(1);
    if (path === 'view.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (path.endsWith('.css')) {
      const theme = path.replace('.css', '');
      response
        .setHeader('content-type', 'text/css')
        .end(theme === 'view' ? style : variables(theme as ThemeName, colours));
    } else if (path in THEMES) {
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .setHeader('content-security-policy', POLICY)
        .end(html(path as ThemeName, searchParams.get('strings') ?? '{}'));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, origin: `http://127.0.0.1:${port}` };
}

const NONCE = 'dGhlIGhvc3QgbWFrZXMgaXQ';
const POLICY = `default-src 'none'; style-src 'self'; script-src 'nonce-${NONCE}'`;

async function bundle(script: string): Promise<string> {
  const result = await build({
    entryPoints: [join(ROOT, script)],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    write: false,
    logLevel: 'warning',
  });
  return result.outputFiles[0]?.text ?? '';
}

function html(theme: ThemeName, strings: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Branches</title>
<link rel="stylesheet" href="/${theme}.css">
<link rel="stylesheet" href="/view.css">
</head>
<body class="${THEMES[theme].bodyClass}">
<div id="app"></div>
<script type="application/json" id="l10n">${strings.replaceAll('<', '\\u003c')}</script>
<script nonce="${NONCE}" src="/view.js"></script>
</body>
</html>`;
}

type Defaults = Readonly<Record<'light' | 'dark' | 'highContrast' | 'highContrastLight', string>>;
interface Colour {
  id: string;
  defaults: Defaults;
}

/** The theme colours that the extension brings, as its manifest has them. */
async function contributedColours(): Promise<readonly Colour[]> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    contributes: { colors: Colour[] };
  };
  return manifest.contributes.colors;
}

const DEFAULTS_OF: Record<ThemeName, keyof Defaults> = {
  light: 'light',
  dark: 'dark',
  hcDark: 'highContrast',
  hcLight: 'highContrastLight',
};

function variables(theme: ThemeName, colours: readonly Colour[]): string {
  const own = colours.map(({ id, defaults }) => [
    id.replace('.', '-'),
    defaults[DEFAULTS_OF[theme]],
  ]);
  const lines = [...own, ...Object.entries(THEMES[theme].variables)];
  return `:root { ${lines.map(([name, value]) => `--vscode-${name}: ${value};`).join(' ')} }`;
}
