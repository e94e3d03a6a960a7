import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Measure } from '../../scripts/bench/measure';
import { killWriter } from '../fixtures/killedWriter';

const KILLS = 1000;
const AT_ONCE = 6;
/** Milliseconds of writing, at most. */
const LONGEST = 150;

/** Writers of a journal on disk, killed at random moments; what they leave is read and checked. */
export async function killBench(): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'variorum-kill-'));
  const outfile = join(folder, 'writer.mjs');
  const entry = fileURLToPath(new URL('../fixtures/journalWriter.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  let [next, acknowledged] = [0, 0];
  const faults: string[] = [];
  const worker = async (): Promise<void> => {
    while (next < KILLS) {
      const own = join(folder, String(next++));
      await mkdir(own);
      const killed = await killWriter([process.execPath, outfile], own, Math.random() * LONGEST);
      acknowledged += killed.acknowledged;
      faults.push(...killed.faults);
      await rm(own, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await rm(folder, { recursive: true });
  return [
    {
      what: `journal: ${KILLS.toLocaleString('en')} writers killed at random moments`,
      budget: 'nothing acknowledged lost',
      measured: `${acknowledged} acknowledged, ${faults.length} faults ${faults[0] ?? ''}`.trim(),
      ok: faults.length === 0 && acknowledged > KILLS,
    },
  ];
}
