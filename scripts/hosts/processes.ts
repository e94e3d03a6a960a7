import { spawn, type ChildProcess } from 'node:child_process';

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

/** How each running tree is ended. */
const live = new Map<ChildProcess, 'SIGTERM' | 'SIGKILL'>();
const GRACE_MS = 5_000;
let cleanupInstalled = false;

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** One of our own scripts, which ends what it started when it is asked to end. */
  readonly cleansUp?: boolean;
}

/**
 * Starts a process in a group of its own, which ends with this one: on exit, SIGINT, SIGTERM and
 * SIGHUP the whole tree is killed. VS Code's server forks hosts that outlive a plain kill.
 */
export function startTree(
  command: string,
  args: readonly string[],
  { cleansUp = false, ...options }: StartOptions = {},
): ChildProcess {
  installCleanup();
  const child = spawn(command, args, {
    ...options,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  live.set(child, cleansUp ? 'SIGTERM' : 'SIGKILL');
  return child;
}

/** Ends a process started by {@link startTree} with everything it started. */
export function killTree(child: ChildProcess): void {
  const how = live.get(child);
  live.delete(child);
  if (child.pid === undefined || how === undefined) return;
  signalGroup(child.pid, how);
  if (how === 'SIGTERM' && child.exitCode === null) {
    const { pid } = child;
    setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MS).unref();
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was asked for.
  }
}

/** Runs a command to its end (or its time limit) and keeps what it printed. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Finished> {
  const { timeoutMs, ...rest } = options;
  const child = startTree(command, args, rest);
  let output = '';
  let timedOut = false;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const timer = setTimeout(() => {
    timedOut = true;
    killTree(child);
  }, timeoutMs);
  const code = await new Promise<number | null>((done) => {
    child.once('error', (error) => {
      output += `\n${error.message}`;
      done(null);
    });
    child.once('close', done);
  });
  clearTimeout(timer);
  live.delete(child);
  return { code, output, timedOut };
}

function installCleanup(): void {
  if (cleanupInstalled) return;
  cleanupInstalled = true;
  process.on('exit', () => {
    for (const child of live.keys()) killTree(child);
  });
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => process.exit(code));
  }
}
