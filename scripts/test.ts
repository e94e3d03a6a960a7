/**
 * The one test command: types, lint, unit tests, tests inside real VS Codes, tests in a real browser.
 * Ends with a plain line of counts; exit status 1 when anything failed.
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from './hosts/paths';
import { NO_TESTS, sum, type Counts } from './hosts/test-line';
import { runSideBySide } from './hosts/side-by-side';
import { findChromium } from './hosts/chromium';
import { makePackage } from './package';
import { runMochaFolder } from './run-mocha';

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Runs a npm script as one test of its own. */
function script(name: string): Counts {
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? PASSED : FAILED;
}

/** Runs of a script of tests side by side: they wait more than they work. */
async function inVsCodes(script: string, runs: readonly (readonly string[])[]): Promise<Counts> {
  await findChromium(console.log);
  return runSideBySide(runs.map((args) => ({ script, args })));
}

const OLDEST = ['--version', 'oldest'];
const NEWEST = ['--version', 'newest'];
const NODE = ['--kind', 'node'];
const WEB = ['--kind', 'web'];
/** The web host in one version; a VS Code of the person's own takes the place of those that would be installed. */
const HOST_RUNS =
  process.env['VSCODE_EXECUTABLE'] === undefined
    ? [
        [...NEWEST, ...WEB],
        [...OLDEST, ...NODE],
        [...NEWEST, ...NODE],
      ]
    : [
        [...NEWEST, ...NODE],
        [...NEWEST, ...WEB],
      ];

/** Packs the extension, for the tests of what a person installs. */
async function packed(): Promise<Counts> {
  await makePackage();
  process.env['VARIORUM_PACKAGED'] = 'yes';
  return PASSED;
}

async function viewAlone(): Promise<Counts> {
  await findChromium(console.log);
  return runMochaFolder('test/view/page');
}

const STEPS: readonly (readonly [string, () => Counts | Promise<Counts>])[] = [
  ['types', () => script('types')],
  ['lint', () => script('lint')],
  ['package', packed],
  ['unit tests', () => runMochaFolder('test/unit')],
  ['tests inside VS Code', () => inVsCodes('scripts/run-host-tests.ts', HOST_RUNS)],
  ['the view alone, in a browser', viewAlone],
  [
    'the view in VS Code, in a browser',
    () => inVsCodes('scripts/run-view-tests.ts', [OLDEST, NEWEST]),
  ],
];

let total = NO_TESTS;
for (const [name, run] of STEPS) {
  console.log(`\n=== ${name}`);
  const started = performance.now();
  let counts: Counts;
  try {
    counts = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts = FAILED;
  }
  total = sum(total, counts);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`=== ${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
