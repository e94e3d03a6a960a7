import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { ROOT } from './paths';
import { startTree } from './processes';
import { NO_TESTS, parseResult, sum, type Counts } from './test-line';

/** A part of the tests in a process of its own. */
export interface Lane {
  readonly name: string;
  /** Arguments to Node; its output holds result lines. Or a npm script that counts as one test. */
  readonly run: readonly string[] | { readonly npm: string };
}

const FAILURE: Counts = { passed: 0, failed: 1, skipped: 0 };

/**
 * Runs them at the same time, as far as there are cores: most of them wait more than they work. What each
 * one says is printed together, when it ends.
 */
export async function runSideBySide(lanes: readonly Lane[]): Promise<Counts> {
  const waiting = [...lanes];
  const all: Counts[] = [];
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      all.push(await runLane(lane));
    }
  };
  const atOnce = Math.min(lanes.length, Math.max(2, availableParallelism()));
  await Promise.all(Array.from({ length: atOnce }, worker));
  return all.reduce(sum, NO_TESTS);
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
  const result = 'npm' in run ? ofScript(code) : verdict(counts, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n=== ${name}\n${lines.join('\n')}`);
  console.log(`=== ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  return result;
}

function ofScript(code: number | null): Counts {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : FAILURE;
}

/** A process that fails without saying which test did, or says nothing at all, counts as a failure. */
function verdict(counts: Counts, code: number | null): Counts {
  const isBroken = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  return isBroken ? sum(counts, FAILURE) : counts;
}
