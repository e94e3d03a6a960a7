import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { replay, type Trace } from './trace';

const folder = new URL('../../fixtures/traces/', import.meta.url);

describe('attachment: what real editors sent', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('has traces to replay', () => {
    assert.ok(files.length > 0);
  });

  for (const file of files) {
    it(file, () => {
      replay(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Trace);
    });
  }
});
