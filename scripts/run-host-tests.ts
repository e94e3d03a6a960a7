/** Runs the tests in `test/host` inside real VS Codes: two versions, two kinds of extension host. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildHostTests } from './build-tests';
import { findChromium } from './hosts/chromium';
import { findDesktop } from './hosts/desktop';
import { installHost } from './hosts/install';
import { listExtensions } from './hosts/installed-extensions';
import { ROOT, type HostKind } from './hosts/paths';
import { killTree, startTree } from './hosts/processes';
import { runMain } from './hosts/setup-error';
import { stageWebExtension } from './hosts/stage-web';
import { removeFolder, temporaryFolder } from './hosts/temporary';
import { FAILURE, NO_TESTS, parseResult, sum, TEST_LINE, type Counts } from './hosts/test-line';
import { HOST_VERSIONS, HOSTS, parseHostVersion, type HostVersion } from './hosts/versions';

const FIXTURE = join(ROOT, 'test/fixtures/workspace');
/** An extension that provides language models for the tests. */
const LANGUAGE_MODELS = join(ROOT, 'test/fixtures/language-models');
const BROWSER_HOSTED = fileURLToPath(new URL('./hosts/code-browser.mjs', import.meta.url));
const RUN_IN_VSCODE = fileURLToPath(new URL('./hosts/run-in-vscode.ts', import.meta.url));
const LIMIT_MS = 10 * 60_000;

export interface HostTestOptions {
  readonly versions?: readonly HostVersion[];
  readonly kinds?: readonly HostKind[];
  readonly grep?: string;
}

interface OneRun {
  readonly version: HostVersion;
  readonly kind: HostKind;
  readonly grep: string;
}

/** Runs all asked for, one after the other, and adds up their counts. */
export async function runHostTests(options: HostTestOptions = {}): Promise<Counts> {
  const given = process.env['VSCODE_EXECUTABLE'];
  const versions = given ? (['newest'] as const) : (options.versions ?? HOST_VERSIONS);
  let total = NO_TESTS;
  for (const version of versions) {
    for (const kind of options.kinds ?? (['node', 'web'] as const)) {
      total = sum(total, await runOnce({ version, kind, grep: options.grep ?? '' }, given));
    }
  }
  return total;
}

async function runOnce(run: OneRun, given: string | undefined): Promise<Counts> {
  const { vscode } = HOSTS[run.version];
  const name = given ?? `VS Code ${vscode}`;
  say(`\n${name}, ${run.kind === 'node' ? 'Node' : 'web-worker'} extension host`);
  const bundle = await buildHostTests({ ...run, ...(!given && { vscode }) });
  const temporary = temporaryFolder('variorum-host-tests-');
  const staged = run.kind === 'web' ? stageWebExtension(ROOT) : undefined;
  try {
    const executable = given ?? (await findDesktop(vscode, say)) ?? (await browserHosted(run));
    const extension = staged ?? ROOT;
    return await spawnRun(run, {
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension,
      // Tests run in the host of the extension that they lie in.
      extensionTestsPath: join(extension, relative(ROOT, bundle)).replace(/\.js$/, ''),
      launchArgs: launchArgs(run.kind, freshWorkspace(temporary), temporary),
    });
  } finally {
    for (const folder of [temporary, staged]) {
      if (folder) removeFolder(folder);
    }
  }
}

/** Everything is fetched before VS Code's own time limit begins. */
async function browserHosted(run: OneRun): Promise<string> {
  await installHost(run.version, say);
  await findChromium(say);
  return BROWSER_HOSTED;
}

function freshWorkspace(temporary: string): string {
  const workspace = join(temporary, 'workspace');
  mkdirSync(workspace);
  if (existsSync(FIXTURE)) cpSync(FIXTURE, workspace, { recursive: true });
  return workspace;
}

function launchArgs(kind: HostKind, workspace: string, temporary: string): string[] {
  const own = [`--user-data-dir=${join(temporary, 'user')}`];
  own.push(`--extensions-dir=${listExtensions(temporary, [LANGUAGE_MODELS])}`);
  if (kind === 'web') own.push('--extensionDevelopmentKind=web');
  return [workspace, ...own];
}

/** Runs VS Code in a child process, passes on the tests' own lines and reads their counts. */
async function spawnRun(run: OneRun, options: object): Promise<Counts> {
  const child = startTree(
    process.execPath,
    ['--import', 'tsx', RUN_IN_VSCODE, JSON.stringify(options)],
    { cwd: ROOT, cleansUp: true, env: { ...process.env, VARIORUM_HOST: run.version } },
  );
  const timer = setTimeout(() => killTree(child), LIMIT_MS);
  let counts: Counts | undefined;
  const other: string[] = [];
  const read = (line: string): void => {
    if (!line.startsWith(TEST_LINE)) {
      other.push(line);
      return;
    }
    const text = line.slice(TEST_LINE.length);
    counts = parseResult(text) ?? counts;
    say(text);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', read);
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  killTree(child);
  return verdict(counts, code, other);
}

/** A run that breaks off counts as a failure, whatever it printed before. */
function verdict(counts: Counts | undefined, code: number | null, other: string[]): Counts {
  const failed = counts?.failed ?? 0;
  if (counts && (code === 0 || failed > 0)) return counts;
  say(`The run ended with code ${code} ${counts ? 'after' : 'without'} a result:`);
  other.slice(-40).forEach((line) => say(`  ${line}`));
  return sum(counts ?? NO_TESTS, FAILURE);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function parseKind(text: string): HostKind {
  if (text === 'node' || text === 'web') return text;
  throw new Error(`Unknown extension host "${text}": say node or web.`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      version: { type: 'string' },
      kind: { type: 'string' },
      grep: { type: 'string' },
    },
  });
  const counts = await runHostTests({
    ...(values.version && { versions: [parseHostVersion(values.version)] }),
    ...(values.kind && { kinds: [parseKind(values.kind)] }),
    ...(values.grep && { grep: values.grep }),
  });
  say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) runMain(main);
