import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  MEASURED_FOLDER,
  PAGE,
  readMeasured,
  serversPage,
  type Measured,
} from '../../../scripts/docs/servers';
import { SERVER_KINDS } from '../../../src/core/model/discovery/serverKinds';
import { CLAIMS } from '../../../scripts/docs/claims';
import { startRecordedServer } from '../../fixtures/recordedServer';
import { examineAt } from '../examine/harness';

/** `VARIORUM_MEASURE=1 npm run test:unit -- docs` writes it anew from the recordings. */
const FILE = join(MEASURED_FOLDER, 'llama-cpp.json');

/** What an examination of the recordings finds: without times, which are another each time. */
async function measuredFromRecordings(): Promise<Measured> {
  const server = await startRecordedServer();
  try {
    const { model, hints, record } = await examineAt(server);
    const flags = Object.entries(record.flags).map(
      ([name, { value, evidence, detail }]) => [name, { value, evidence, detail }] as const,
    );
    const how = 'recordings of a real server, replayed';
    return { server: 'llama.cpp', how, model, hints, flags: Object.fromEntries(flags) };
  } finally {
    await server.close();
  }
}

describe('the page about servers', () => {
  it('holds for llama.cpp what its recordings show', async () => {
    const measured = await measuredFromRecordings();
    if (process.env['VARIORUM_MEASURE'] === '1') {
      writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`);
      writeFileSync(PAGE, serversPage(readMeasured()));
    }
    assert.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(JSON.stringify(measured)));
  });

  it('is up to date: made by `npx tsx scripts/docs/servers.ts --write`', () => {
    assert.equal(readFileSync(PAGE, 'utf8'), serversPage(readMeasured()));
  });

  it('says of every server that is looked for, and of each whether it was measured', () => {
    const told = new Set(CLAIMS.map(({ server }) => server));
    for (const { name } of Object.values(SERVER_KINDS)) {
      assert.ok(told.has(name), name);
    }
    const page = serversPage([]);
    const rows = page.split('\n').filter((line) => line.includes('| not measured |'));
    assert.equal(rows.length, CLAIMS.length);
    assert.ok(!page.includes('yes, above'));
  });
});
