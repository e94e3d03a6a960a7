import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './install';
import { killTree, startTree } from './processes';
import { QUIET, type Settings } from './settings';
import { SetupError } from './setup-error';
import { removeFolder, temporaryFolder } from './temporary';

const START_MS = 60_000;

export interface ServerOptions {
  /** Ask whether a folder is trusted, as a person's VS Code does. Off: every folder is. */
  readonly workspaceTrust?: boolean;
  /** A fixed port; else a free one. */
  readonly port?: number;
  /** Where extensions are installed; else an empty folder. */
  readonly extensionsDir?: string;
  /** Where settings and state are kept; else a temporary folder, removed on dispose. */
  readonly dataDir?: string;
  /** Settings of the server; a folder's own settings win over them. */
  readonly settings?: Settings;
  /** A secret that every request must carry; for servers that outlive a test. */
  readonly token?: string;
  /** Lets the address name extensions in development and tests (see `workbenchUrl`). */
  readonly payload?: boolean;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  /** Where it keeps settings, state and logs. */
  readonly dataDir: string;
  /** Ends when the server does. */
  readonly closed: Promise<void>;
  dispose(): void;
}

/** Starts a VS Code server on 127.0.0.1 and waits until it answers. */
export async function startServer(host: Host, options: ServerOptions = {}): Promise<Server> {
  const dataDir = options.dataDir ?? temporaryFolder('variorum-server-');
  const runtimeDir = temporaryFolder('vr-');
  writeSettings(dataDir, options.settings ?? QUIET);
  const child = startTree(host.node, serverArgs(host, { dataDir, runtimeDir }, options), {
    env: serverEnvironment(runtimeDir),
  });
  const dispose = (): void => {
    killTree(child);
    removeFolder(runtimeDir);
    if (!options.dataDir) removeFolder(dataDir);
  };
  try {
    const port = await listeningPort(child);
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(url, child);
    const closed = new Promise<void>((done) => child.once('exit', () => done()));
    return { url, port, dataDir, closed, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function serverArgs(
  host: Host,
  { dataDir, runtimeDir }: { dataDir: string; runtimeDir: string },
  options: ServerOptions,
): string[] {
  const args = [host.serverMain, '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  args.push('--accept-server-license-terms', '--telemetry-level', 'off');
  args.push('--server-data-dir', dataDir);
  args.push('--extensions-dir', options.extensionsDir ?? join(dataDir, 'extensions'));
  if (options.token) args.push('--connection-token-file', tokenFile(runtimeDir, options.token));
  else args.push('--without-connection-token');
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  if (options.payload !== false) {
    // Newer builds ignore the payload in the address without it.
    args.push('--enable-smoke-test-driver');
    // Should this process be killed without warning, the server ends a while after its last page.
    args.push('--enable-remote-auto-shutdown');
  }
  return args;
}

/** Arguments can be seen by everyone on the machine, files of this mode cannot. */
function tokenFile(runtimeDir: string, token: string): string {
  const path = join(runtimeDir, 'token');
  writeFileSync(path, token, { mode: 0o600 });
  return path;
}

/**
 * A server started from a terminal inside VS Code must not talk to that VS Code; and its sockets,
 * which a killed server leaves lying, go where they are removed.
 */
function serverEnvironment(runtimeDir: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(kept), TMPDIR: runtimeDir, XDG_RUNTIME_DIR: runtimeDir };
}

/** The server's own settings: a person's are kept by the browser, out of reach of a file. */
function writeSettings(dataDir: string, settings: Settings): void {
  const folder = join(dataDir, 'data', 'Machine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/** The server says on its output which port it got. */
async function listeningPort(child: ChildProcess): Promise<number> {
  let output = '';
  return new Promise<number>((resolve, reject) => {
    const fail = (what: string): void => reject(startError(what, output));
    const timer = setTimeout(() => fail(`it did not listen in ${START_MS / 1000} s`), START_MS);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-10_000);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}`));
  });
}

async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      await fetch(`${url}/version`, { signal: AbortSignal.timeout(5_000) });
      return;
    } catch {
      await sleep(100);
    }
  }
  throw startError('it does not answer', '');
}

function startError(what: string, output: string): SetupError {
  const inUse = output.includes('EADDRINUSE');
  return new SetupError(
    `The VS Code server did not start: ${inUse ? 'the port is in use' : what}.`,
    inUse ? 'Choose another port.' : 'Run it again; if it stays so, delete the cached host.',
    output.trim().split('\n').slice(-10).join('\n'),
  );
}
