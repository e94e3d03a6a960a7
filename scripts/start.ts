/** `npm start`: builds Variorum and opens VS Code with it on a sample draft. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { which } from './hosts/chromium';
import { installHost } from './hosts/install';
import { listExtensions } from './hosts/installed-extensions';
import { cacheRoot, ROOT } from './hosts/paths';
import { prepareSample } from './hosts/sample';
import { startServer } from './hosts/server';
import { QUIET, WITHOUT_CHAT } from './hosts/settings';
import { runMain, SetupError } from './hosts/setup-error';
import { parseHostVersion, type HostVersion } from './hosts/versions';

const HELP = `npm start -- [options]
  --version oldest|newest   that version of VS Code, in the browser
  --browser                 VS Code in the browser even if "code" is installed
  --port N                  port of the browser-hosted VS Code (default 8420, or a free one)
  --no-open                 only print the address`;
const DEFAULT_PORT = 8420;
const STARTER = join(ROOT, 'scripts/hosts/starter');

interface BrowserOptions {
  readonly version: HostVersion;
  readonly folder: string;
  readonly port: number | undefined;
  readonly open: boolean;
}

runMain(async () => {
  const { values } = parseArgs({
    options: {
      version: { type: 'string' },
      port: { type: 'string' },
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const version = parseHostVersion(values.version ?? 'newest');
  const port = values.port === undefined ? undefined : parsePort(values.port);
  build();
  const folder = prepareSample(join(ROOT, 'media/sample'), join(cacheRoot(), 'sample'));
  const inBrowser = values.browser || values.version !== undefined || port !== undefined;
  if (!inBrowser && openDesktop(folder)) return 0;
  return openInBrowser({ version, folder, port, open: !values['no-open'] });
});

function build(): void {
  console.log('Building …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) {
    throw new SetupError('The build failed.', 'See the lines above; "npm ci" may be missing.');
  }
}

/** Opens the desktop VS Code, if its command is there and takes it. */
function openDesktop(folder: string): boolean {
  // In a terminal of a remote window `code` belongs to that window and loads no checkout.
  const code = process.env['VSCODE_IPC_HOOK_CLI'] ? undefined : which('code');
  if (!code) return false;
  const args = ['--new-window', `--extensionDevelopmentPath=${ROOT}`];
  const done = spawnSync(code, [...args, folder, join(folder, 'draft.md')], { stdio: 'inherit' });
  if (done.status !== 0) return false;
  console.log(`VS Code is opening ${folder} with Variorum loaded.`);
  return true;
}

async function openInBrowser(options: BrowserOptions): Promise<number> {
  process.once('SIGINT', () => process.exit(0)); // Ctrl+C is how it is meant to end.
  const host = await installHost(options.version, (line) => console.log(line));
  const dataDir = join(cacheRoot(), 'start', `vscode-${host.vscode}`);
  mkdirSync(dataDir, { recursive: true });
  const token = persistentToken(join(dataDir, 'address-token'));
  const server = await startServer(host, {
    dataDir,
    token,
    extensionsDir: listExtensions(dataDir, [ROOT, STARTER]),
    port: options.port ?? ((await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : 0),
    settings: { ...QUIET, ...WITHOUT_CHAT },
    payload: false,
  });
  const address = `${server.url}/?folder=${encodeURI(options.folder)}&tkn=${token}`;
  console.log(`\nVS Code ${host.vscode} with Variorum is running.\n\n  Open ${address}\n`);
  console.log(`The draft is ${join(options.folder, 'draft.md')}. Ctrl+C stops.`);
  if (options.open) openPage(address);
  await server.closed;
  throw new SetupError('The VS Code server ended by itself.', 'Run npm start again.');
}

/** Any page in any browser can reach a port of this machine: the address carries a secret. */
function persistentToken(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(16).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** The browser keeps the person's settings by address, so the same port is taken when it can be. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openPage(address: string): void {
  const opener = pageOpener();
  if (!opener) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // The address is printed; nothing is lost.
  child.unref();
}

function pageOpener(): [string, ...string[]] | undefined {
  if (process.env['CI']) return undefined;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer'];
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  return display && which('xdg-open') ? ['xdg-open'] : undefined;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new SetupError(`"${text}" is not a port.`, 'Give a number from 1 to 65535.');
}
