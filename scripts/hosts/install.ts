import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from './lock';
import { nodePackage, npm } from './npm';
import { cacheRoot } from './paths';
import { SetupError } from './setup-error';
import { HOSTS, type HostSpec, type HostVersion } from './versions';

/** An installed VS Code server. */
export interface Host {
  readonly version: HostVersion;
  /** VS Code's own version. */
  readonly vscode: string;
  /** The Node.js binary that runs it. */
  readonly node: string;
  /** VS Code's server entry. */
  readonly serverMain: string;
}

const MARKER = 'installed.json';
/** Raise this when the way of installing changes, so that older caches are not used. */
const LAYOUT = 1;

/**
 * Installs a VS Code server into the cache unless it is there. Made in a temporary folder and
 * renamed when complete, under a lock: two processes may ask at once, and one may be killed.
 */
export async function installHost(
  version: HostVersion,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<Host> {
  const spec = HOSTS[version];
  const target = join(cacheRoot(), 'hosts', `vscode-${spec.vscode}`);
  if (isComplete(target)) return locate(version, spec, target);
  await writable(dirname(target));
  const waiting = (): void => say(`VS Code ${spec.vscode} is being installed already; waiting …`);
  await withLock(`${target}.lock`, waiting, async () => {
    if (!isComplete(target)) await build(spec, target, say);
  });
  return locate(version, spec, target);
}

async function build(spec: HostSpec, target: string, say: (line: string) => void): Promise<void> {
  const start = Date.now();
  say(`Installing VS Code ${spec.vscode} into ${target} (once, a minute or two, about 1 GB)`);
  const temporary = `${target}.partial`;
  await rm(temporary, { recursive: true, force: true });
  try {
    await installInto(temporary, spec, (step) => say(`  ${step} …`));
    await writeFile(join(temporary, MARKER), JSON.stringify({ layout: LAYOUT, ...spec }));
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  say(`  done in ${Math.round((Date.now() - start) / 1000)} s`);
}

async function installInto(
  folder: string,
  spec: HostSpec,
  step: (name: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');

  step(`1/4 server and workbench, Node.js ${spec.node}`);
  const packages = [`code-server@${spec.codeServer}`, `${nodePackage()}@${spec.node}`];
  // Its own install scripts fetch and compile what is not needed here.
  await npm(folder, ['install', '--ignore-scripts', ...packages]);

  step('2/4 what the server needs');
  await replaceGitDependencies(vscode, spec.gitDependencies);
  await npm(vscode, ['install', '--ignore-scripts', '--omit=dev']);

  step('3/4 native modules');
  const nodeDir = join(folder, 'node_modules', nodePackage());
  await npm(vscode, ['rebuild', '--ignore-scripts=false', ...spec.native], nodeDir);

  step('4/4 built-in extensions');
  await npm(join(vscode, 'extensions'), ['install', '--ignore-scripts', '--omit=dev']);
}

/** A git address cannot be reached everywhere; the same version is published on npm. */
async function replaceGitDependencies(
  vscode: string,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  if (Object.keys(versions).length === 0) return;
  const path = join(vscode, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  Object.assign(manifest.dependencies, versions);
  await writeFile(path, JSON.stringify(manifest, null, 2));
  // It repeats the git address, and npm would believe it.
  await rm(join(vscode, 'npm-shrinkwrap.json'), { force: true });
}

function isComplete(target: string): boolean {
  return existsSync(join(target, MARKER));
}

async function writable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new SetupError(
      `The cache folder ${folder} cannot be made (${String(error)}).`,
      'Set VARIORUM_CACHE to a folder that can be written.',
    );
  }
}

function locate(version: HostVersion, spec: HostSpec, target: string): Host {
  const modules = join(target, 'node_modules');
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const host: Host = {
    version,
    vscode: spec.vscode,
    node: join(modules, nodePackage(), binary),
    serverMain: join(modules, 'code-server/lib/vscode/out/server-main.js'),
  };
  const missing = [host.node, host.serverMain].find((path) => !existsSync(path));
  if (missing) {
    throw new SetupError(
      `The installed VS Code lacks ${missing}.`,
      `Delete ${target} and try again.`,
    );
  }
  return host;
}
