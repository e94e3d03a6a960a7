/** Runs test files in this process with mocha and counts what came of them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import { ROOT } from './hosts/paths';
import { failureOf, RESULT_LINE, type Counts, type Failure } from './hosts/test-line';

const TIMEOUT_MS = 120_000;

/**
 * Runs every `*.test.ts` below a folder of the project.
 * @param grep as below
 */
export async function runMochaFolder(folder: string, grep?: string): Promise<Counts> {
  const entries = await readdir(join(ROOT, folder), { recursive: true });
  const files = entries.filter((name) => name.endsWith('.test.ts')).sort();
  return runMochaFiles(
    files.map((file) => join(ROOT, folder, file)),
    grep,
  );
}

/** @param grep only tests whose full title matches this regular expression; all when empty */
export async function runMochaFiles(files: readonly string[], grep = ''): Promise<Counts> {
  const mocha = new Mocha({
    timeout: TIMEOUT_MS,
    slow: 5_000,
    color: process.stdout.isTTY,
    ...(grep === '' ? {} : { grep }),
  });
  files.forEach((file) => mocha.addFile(file));
  await mocha.loadFilesAsync();
  const failures: Failure[] = [];
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test) => failures.push(failureOf(test.titlePath())));
  });
  // Failures of hooks count too, which `stats.failures` holds.
  return {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 1,
    skipped: stats?.pending ?? 0,
    failures,
  };
}

/** Ends a script with its counts, for people and for programs. */
export function printCounts(counts: Counts): void {
  console.log(`${RESULT_LINE}${JSON.stringify(counts)}`);
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
