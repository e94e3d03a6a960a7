import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { ROOT } from './paths';
import { startTree } from './processes';
import { afterSecondTry, testsToTryAgain } from './second-try';
import { FAILURE, NO_TESTS, parseResult, sum, type Counts } from './test-line';

/** A part of the tests in a process of its own. */
export interface Lane {
  readonly name: string;
  /** Arguments to Node; its output holds result lines. Or a npm script that counts as one test. */
  readonly run: readonly string[] | { readonly npm: string };
}

/** A part that has run. */
interface Done {
  readonly lane: Lane;
  readonly counts: Counts;
}

/**
 * Runs them at the same time, as far as there are cores: most of them wait more than they work. What each
 * one says is printed together, when it ends. What failed runs once more, alone: where two browsers and a
 * compiler share two cores, a test can fail that would fail nowhere else; it is named all the same.
 */
export async function runSideBySide(lanes: readonly Lane[]): Promise<Counts> {
  const waiting = [...lanes];
  const all: Done[] = [];
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      all.push({ lane, counts: await runLane(lane) });
    }
  };
  const atOnce = Math.min(lanes.length, Math.max(2, availableParallelism()));
  await Promise.all(Array.from({ length: atOnce }, worker));
  let total = NO_TESTS;
  for (const done of all) {
    total = sum(total, await settled(done));
  }
  return total;
}

/** The counts of a part, after a second try where that is worth one. */
async function settled({ lane, counts }: Done): Promise<Counts> {
  const grep = testsToTryAgain(counts);
  if ('npm' in lane.run || grep === undefined) return counts;
  const run = grep === '' ? lane.run : [...lane.run, '--grep', grep];
  const second = await runLane({ name: `${lane.name}, what failed once more`, run });
  const result = afterSecondTry(counts, grep, second);
  const mended = counts.failures.filter(({ title }) =>
    result.failures.every((failure) => failure.title !== title),
  );
  for (const { title } of mended) {
    console.log(`Failed beside others, passed alone (${lane.name}): ${title}`);
  }
  return result;
}

async function runLane({ name, run }: Lane): Promise<Counts> {
  const started = performance.now();
  const [command, args] =
    'npm' in run
      ? ['npm', ['run', '--silent', run.npm]]
      : [process.execPath, ['--import', 'tsx', ...run]];
  const child = startTree(command, args, { cwd: ROOT, cleansUp: true });
  const lines: string[] = [];
  let counts: Counts = NO_TESTS;
  const read = (line: string): void => {
    lines.push(line);
    counts = sum(counts, parseResult(line) ?? NO_TESTS);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', read);
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const result = 'npm' in run ? ofScript(name, code) : verdict(counts, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n=== ${name}\n${lines.join('\n')}`);
  console.log(`=== ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  return result;
}

function ofScript(name: string, code: number | null): Counts {
  return code === 0
    ? { ...NO_TESTS, passed: 1 }
    : { ...FAILURE, failures: [{ suite: name, title: name }] };
}

/** A process that fails without saying which test did, or says nothing at all, counts as a failure. */
function verdict(counts: Counts, code: number | null): Counts {
  const isBroken = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  return isBroken ? sum(counts, FAILURE) : counts;
}
