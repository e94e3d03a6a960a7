/**
 * The one test command: types, lint, unit tests, tests inside real VS Codes, tests in a real browser.
 * Ends with a plain line of counts; exit status 1 when anything failed.
 */
import { findChromium } from './hosts/chromium';
import { installHost } from './hosts/install';
import { runSideBySide, type Lane } from './hosts/side-by-side';
import { FAILURE, NO_TESTS, sum, type Counts } from './hosts/test-line';
import { HOST_VERSIONS, type HostVersion } from './hosts/versions';
import { makePackage } from './package';
import type { HostKind } from './hosts/paths';

const ownVsCode = process.env['VSCODE_EXECUTABLE'] !== undefined;

function inVsCode(version: HostVersion, kind: HostKind): Lane {
  const run = ['scripts/run-host-tests.ts', '--version', version, '--kind', kind];
  return { name: `tests inside VS Code (${version}, ${kind} host)`, run };
}

function viewIn(version: HostVersion): Lane {
  const run = ['scripts/run-view-tests.ts', '--version', version];
  return { name: `the view in VS Code, in a browser (${version})`, run };
}

/** Longest first. The web host runs in one version; a VS Code of the person's own is the newest. */
const LANES: readonly Lane[] = [
  inVsCode('newest', 'web'),
  ...(ownVsCode ? [] : [inVsCode('oldest', 'node')]),
  inVsCode('newest', 'node'),
  viewIn('newest'),
  viewIn('oldest'),
  { name: 'lint', run: { npm: 'lint' } },
  { name: 'the view alone, in a browser', run: ['scripts/run-page-tests.ts'] },
  { name: 'unit tests', run: ['scripts/run-unit-tests.ts'] },
];

/** Fetches what is missing, before anything that has a time limit of its own. */
async function prepare(): Promise<Counts> {
  await findChromium(console.log);
  for (const version of HOST_VERSIONS) {
    await installHost(version, console.log);
  }
  await makePackage();
  process.env['VARIORUM_PACKAGED'] = 'yes';
  return { ...NO_TESTS, passed: 1 };
}

const STEPS: readonly (() => Promise<Counts>)[] = [
  () => runSideBySide([{ name: 'types', run: { npm: 'types' } }]),
  prepare,
  () => runSideBySide(LANES),
];

let total = NO_TESTS;
for (const run of STEPS) {
  try {
    total = sum(total, await run());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    total = sum(total, FAILURE);
  }
}
for (const { title } of total.failures) {
  console.log(`Failed: ${title}`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
