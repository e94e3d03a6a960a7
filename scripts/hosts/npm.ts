import { run } from './processes';
import { SetupError } from './setup-error';

const MINUTES_10 = 10 * 60_000;

/** Runs npm in a folder and turns a failure into a message that says what to do about it. */
export async function npm(cwd: string, args: readonly string[], nodeDir?: string): Promise<void> {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const done = await run(command, [...args, ...quiet], {
    cwd,
    env: environment(nodeDir),
    timeoutMs: MINUTES_10,
  });
  if (done.code === 0) return;
  const what = `npm ${args.join(' ')}`;
  if (done.timedOut) {
    throw new SetupError(`"${what}" did not finish in 10 minutes.`, NETWORK_HINT);
  }
  throw new SetupError(`"${what}" failed.`, hintFor(done.output), lastLines(done.output));
}

/** The npm package that carries a Node.js binary (with its headers) for this machine. */
export function nodePackage(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}

/** What this process got from being an npm script must not steer an npm for another folder. */
function environment(nodeDir: string | undefined): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(lifecycle|package|config_(local|global)_prefix|config_prefix)/.test(name),
  );
  const env: NodeJS.ProcessEnv = Object.fromEntries(inherited);
  if (!nodeDir) return env;
  // Old and new spelling: node-gyp must not try to download headers.
  return { ...env, npm_config_nodedir: nodeDir, npm_package_config_node_gyp_nodedir: nodeDir };
}

const NETWORK_HINT =
  'Check the network (and a proxy or registry set in .npmrc), then run the same command again.';

function hintFor(output: string): string {
  if (output.includes('ENOSPC')) {
    return 'The disk is full: about 1.5 GB are needed. Free some, or set VARIORUM_CACHE to a folder elsewhere.';
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'The folder cannot be written: set VARIORUM_CACHE to one that can.';
  }
  if (output.includes('gyp ERR')) {
    return 'A native module was not built: install python3, make and a C++ compiler (Debian: apt-get install python3 make g++).';
  }
  return NETWORK_HINT;
}

function lastLines(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('npm warn'));
  return lines
    .slice(-15)
    .map((line) => `  ${line}`)
    .join('\n');
}
