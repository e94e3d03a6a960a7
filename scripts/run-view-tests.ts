/** Runs the tests in `test/view`: the real view in a real workbench in a real browser. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium } from './hosts/chromium';
import { installHost } from './hosts/install';
import { ROOT } from './hosts/paths';
import { killTree, startTree } from './hosts/processes';
import { runMain } from './hosts/setup-error';
import { FAILURE, NO_TESTS, parseResult, sum, type Counts } from './hosts/test-line';
import { HOST_VERSIONS, HOSTS, parseHostVersion, type HostVersion } from './hosts/versions';

const FOLDER = join(ROOT, 'test/view');
const RUN_MOCHA = fileURLToPath(new URL('./hosts/run-mocha.ts', import.meta.url));
const LIMIT_MS = 15 * 60_000;

export interface ViewTestOptions {
  readonly versions?: readonly HostVersion[];
  readonly grep?: string;
}

/** Runs them in all versions asked for and adds up their counts. The extension must be built. */
export async function runViewTests(options: ViewTestOptions = {}): Promise<Counts> {
  let total = NO_TESTS;
  await findChromium(say);
  for (const version of options.versions ?? HOST_VERSIONS) {
    await installHost(version, say);
    say(`\nVS Code ${HOSTS[version].vscode}, views`);
    total = sum(total, await runOnce(version, options.grep ?? ''));
  }
  return total;
}

async function runOnce(version: HostVersion, grep: string): Promise<Counts> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));
  const paths = files.sort().map((name) => join(FOLDER, name));
  const child = startTree(process.execPath, ['--import', 'tsx', RUN_MOCHA, ...paths], {
    cwd: ROOT,
    cleansUp: true,
    env: { ...process.env, VARIORUM_HOST: version, VARIORUM_GREP: grep },
  });
  const timer = setTimeout(() => killTree(child), LIMIT_MS);
  let counts: Counts | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      counts = parseResult(line) ?? counts;
      say(line);
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  killTree(child);
  if (counts && (code === 0 || counts.failed > 0)) return counts;
  say(`The run ended with code ${code} ${counts ? 'after' : 'without'} a result.`);
  return sum(counts ?? NO_TESTS, FAILURE);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { version: { type: 'string' }, grep: { type: 'string' } },
  });
  const counts = await runViewTests({
    ...(values.version && { versions: [parseHostVersion(values.version)] }),
    ...(values.grep && { grep: values.grep }),
  });
  say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) runMain(main);
