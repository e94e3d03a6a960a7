import assert from 'node:assert/strict';
import type { VariorumApi } from '../../src/extension';
import { FakeServers, forgetAll, openPicker, setOwn } from './fakeServers';
import { until, variorum } from './support';

describe('servers on this machine, from a browser', () => {
  let api: VariorumApi;

  before(async () => {
    api = await variorum();
  });
  beforeEach(() => forgetAll(api));
  after(() => forgetAll(api));

  it('are not asked, and the list says why', async () => {
    const servers = new FakeServers({});
    api.models.network.substitute(servers.fetch);
    await setOwn('variorum.endpoints', [{ name: 'Mine', baseUrl: 'http://127.0.0.1:8080/v1' }]);
    const { picker, leave } = await openPicker(api, 'local');
    const rowOf = (id: string) => picker.entries.find((entry) => 'id' in entry && entry.id === id);
    await until('the other is told of', () => rowOf('http://127.0.0.1:8080/v1') !== undefined);
    for (const id of ['local', 'http://127.0.0.1:8080/v1']) {
      const row = rowOf(id);
      assert.match(row && 'detail' in row ? (row.detail ?? '') : '', /page.*https/);
    }
    assert.deepEqual(servers.sent, []);
    await leave();
  });
});
