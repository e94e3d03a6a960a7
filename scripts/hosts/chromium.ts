import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes';
import { SetupError } from './setup-error';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** Without a font of its own, a bare Debian shows boxes. */
const DEBIAN = ['chromium', 'fonts-liberation'];
const HINT = 'Install Chromium or Chrome, or set VARIORUM_CHROMIUM to the path of its executable.';

/** Arguments that keep Chromium quiet, off the network and working as root in a container. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Tests reach this machine and nothing else.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** The path of a Chromium to drive: named, found on the PATH, or installed through apt. */
export async function findChromium(
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<string> {
  const named = process.env['VARIORUM_CHROMIUM'];
  if (named) {
    if (isExecutable(named)) return named;
    throw new SetupError(`VARIORUM_CHROMIUM is ${named}, which cannot be run.`, HINT);
  }
  const found = onPath();
  if (found) return found;
  await installThroughApt(say);
  const installed = onPath();
  if (!installed) throw new SetupError('There is no Chromium on this machine.', HINT);
  return installed;
}

/** The first executable of that name on the PATH. */
export function which(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function onPath(): string | undefined {
  for (const name of NAMES) {
    const path = which(name);
    if (path) return path;
  }
  return process.platform === 'darwin' ? MAC_APPS.find(isExecutable) : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installThroughApt(say: (line: string) => void): Promise<void> {
  if (!which('apt-get')) throw new SetupError('There is no Chromium on this machine.', HINT);
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (prefix.length > 0 && !which('sudo')) {
    throw new SetupError('There is no Chromium, and only root can install it.', HINT);
  }
  say('Installing Chromium with apt-get (once) …');
  await apt([...prefix, 'apt-get', 'update']);
  await apt([...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...DEBIAN]);
}

async function apt(words: readonly string[]): Promise<void> {
  const [command = '', ...args] = words;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const done = await run(command, args, { env, timeoutMs: 10 * 60_000 });
  if (done.code === 0) return;
  const details = done.output.trim().split('\n').slice(-8).join('\n');
  throw new SetupError(`"${words.join(' ')}" failed.`, HINT, details);
}
