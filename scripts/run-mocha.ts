/** Runs test files in this process with mocha and counts what came of them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import { ROOT } from './hosts/paths';
import type { Counts } from './hosts/test-line';

const TIMEOUT_MS = 120_000;

/** Runs every `*.test.ts` below a folder of the project. */
export async function runMochaFolder(folder: string, grep?: string): Promise<Counts> {
  const mocha = new Mocha({ timeout: TIMEOUT_MS, ...(grep ? { grep } : {}) });
  const entries = await readdir(join(ROOT, folder), { recursive: true });
  for (const file of entries.filter((name) => name.endsWith('.test.ts')).sort()) {
    mocha.addFile(join(ROOT, folder, file));
  }
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  // Failures of hooks count too, which `stats.failures` holds.
  return {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 1,
    skipped: stats?.pending ?? 0,
  };
}
