import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(name, 'utf8');

describe('package.nls.json', () => {
  it('has each text that the manifest asks for, and no other', () => {
    const asked = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    const there = Object.keys(JSON.parse(read('package.nls.json')) as Record<string, string>);
    assert.deepEqual(there.toSorted(), [...new Set(asked)].sort());
  });
});
