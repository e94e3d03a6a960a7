import assert from 'node:assert/strict';
import { DeltaBuffer } from '../../../src/host/deltaBuffer';

const token = (text: string) => ({ text, logprob: -1, alternatives: [], tail: null });

describe('growth between two messages', () => {
  it('becomes one item a branch, tokens in order, the end with them', () => {
    const buffer = new DeltaBuffer();
    buffer.add({ index: 1, tokens: [token('a')] });
    buffer.add({ index: 0, tokens: [token('x')] });
    buffer.add({ index: 1, tokens: [token('b')], end: { status: 'done', finish: 'stop' } });
    assert.deepEqual(buffer.take(), [
      { index: 1, tokens: [token('a'), token('b')], end: { status: 'done', finish: 'stop' } },
      { index: 0, tokens: [token('x')] },
    ]);
    assert.deepEqual(buffer.take(), []);
  });
});
