import assert from 'node:assert/strict';
import { startRecordedServer } from '../../fixtures/recordedServer';
import type { TestServer } from '../../fixtures/testServer';
import { examineAt, recordOf, reportOf } from './harness';

describe('try', () => {
  let server: TestServer;
  it('x', async () => {
    server = await startRecordedServer();
    const e = await examineAt(server);
    console.log(reportOf(e));
    console.log(
      JSON.stringify(recordOf(e).find('logprobs', 'completions')),
      JSON.stringify(recordOf(e).find('logprobs', 'chat')),
    );
    await server.close();
    assert.ok(e);
  });
});
