import assert from 'node:assert/strict';
import { totalOf } from '../../../src/view/model/total';

describe('what a batch cost', () => {
  it('is the sum of what its branches cost, as far as anybody tells', () => {
    const one = { usage: { completionTokens: 10, cost: 0.5 } };
    const other = { usage: { completionTokens: 5, cost: 0.25 } };
    assert.deepEqual(totalOf([one, {}, other]), { tokens: 15, dollars: 0.75 });
    assert.deepEqual(totalOf([one, { usage: { completionTokens: 7 } }]), {
      tokens: 17,
      dollars: 0.5,
    });
    assert.equal(totalOf([{}, { usage: { completionTokens: 7 } }]), null);
    assert.equal(totalOf([]), null);
  });
});
