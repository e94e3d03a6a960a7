import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { ROOT } from './paths';
import { startTree } from './processes';
import { NO_TESTS, parseResult, sum, type Counts } from './test-line';

/** A script of tests in a process of its own. */
export interface Lane {
  /** Relative to the project. */
  readonly script: string;
  readonly args: readonly string[];
}

/** Runs them at the same time, as far as there are cores; each one's lines are printed together, when it ends. */
export async function runSideBySide(lanes: readonly Lane[]): Promise<Counts> {
  const waiting = [...lanes];
  const counts: Counts[] = [];
  const worker = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      counts.push(await runLane(lane));
    }
  };
  const atOnce = Math.min(lanes.length, availableParallelism());
  await Promise.all(Array.from({ length: atOnce }, worker));
  return counts.reduce(sum, NO_TESTS);
}

/** A process that fails without a result, or in spite of a good one, counts as a failed test. */
async function runLane({ script, args }: Lane): Promise<Counts> {
  const child = startTree(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    cleansUp: true,
  });
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
  console.log(lines.join('\n'));
  const broke = (code !== 0 && counts.failed === 0) || counts.passed + counts.failed === 0;
  return broke ? sum(counts, { passed: 0, failed: 1, skipped: 0 }) : counts;
}
