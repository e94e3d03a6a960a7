import assert from 'node:assert/strict';
import { ownPatterns } from '../../../src/host/provenance/ownPatterns';

describe('what writers name as theirs', () => {
  for (const [entry, patterns] of [
    ['stories', ['stories', 'stories/**']],
    ['./stories/', ['stories', 'stories/**']],
    ['/stories', ['stories', 'stories/**']],
    ['old\\tales', ['old/tales', 'old/tales/**']],
    ['drafts/*.md', ['drafts/*.md']],
    ['.', ['**']],
    ['/', ['**']],
    ['  ', []],
    ['../elsewhere', []],
    ['a/../../b', []],
    ['.notes', ['.notes', '.notes/**']],
    ['..almost', ['..almost', '..almost/**']],
  ] as const) {
    it(JSON.stringify(entry), () => assert.deepEqual(ownPatterns(entry), patterns));
  }
});
