/**
 * The one test command: types, lint, unit tests, tests inside real VS Codes, tests in a real browser.
 * Ends with a plain line of counts; exit status 1 when anything failed.
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from './hosts/paths';
import { NO_TESTS, sum, type Counts } from './hosts/test-line';
import { runHostTests } from './run-host-tests';
import { findChromium } from './hosts/chromium';
import { runMochaFolder } from './run-mocha';
import { runViewTests } from './run-view-tests';

const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Runs a npm script as one test of its own. */
function script(name: string): Counts {
  const { status } = spawnSync('npm', ['run', '--silent', name], { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? PASSED : FAILED;
}

async function viewAlone(): Promise<Counts> {
  await findChromium(console.log);
  return runMochaFolder('test/view/page');
}

const STEPS: readonly (readonly [string, () => Counts | Promise<Counts>])[] = [
  ['types', () => script('types')],
  ['lint', () => script('lint')],
  ['build', () => script('build')],
  ['unit tests', () => runMochaFolder('test/unit')],
  ['tests inside VS Code', () => runHostTests()],
  ['the view alone, in a browser', viewAlone],
  ['the view in VS Code, in a browser', () => runViewTests()],
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
