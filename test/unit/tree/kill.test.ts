import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';
import { killWriter } from '../../fixtures/killedWriter';
import { removeFolder, scratchFolder } from './scratch';

const KILLS = 20;
const AT_ONCE = 4;
/** Milliseconds of writing before the kill, one more for each. */
const STEP = 5;
const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('a writer that is killed', () => {
  let folder = '';
  before(async () => {
    folder = await scratchFolder('kill');
  });
  after(() => removeFolder(folder));

  it(`loses nothing that was acknowledged, ${KILLS} times`, async () => {
    const outfile = join(folder, 'writer.mjs');
    const entryPoints = [folderOf('../../fixtures/journalWriter.ts')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm' });
    let acknowledged = 0;
    const moments = Array.from({ length: KILLS }, (_, i) => i * STEP).values();
    const worker = async (): Promise<void> => {
      for (const moment of moments) {
        const own = join(folder, String(moment));
        await mkdir(own);
        const killed = await killWriter([process.execPath, outfile], own, moment);
        assert.deepEqual(killed.faults, [], `killed after ${moment} ms`);
        acknowledged += killed.acknowledged;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    assert.ok(acknowledged >= KILLS);
  });
});
