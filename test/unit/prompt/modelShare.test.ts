import assert from 'node:assert/strict';
import { modelShare } from '../../../src/core/prompt/modelShare';

describe('the share of model text', () => {
  const context = { start: 10, end: 20 };
  it('counts what lies in the context, once', () => {
    assert.equal(modelShare(context, []), 0);
    assert.equal(modelShare(context, [{ start: 0, end: 13 }]), 0.3);
    assert.equal(modelShare(context, [{ start: 18, end: 30 }]), 0.2);
    assert.equal(
      modelShare(context, [
        { start: 14, end: 16 },
        { start: 12, end: 15 },
      ]),
      0.4,
    );
    assert.equal(modelShare(context, [{ start: 0, end: 99 }]), 1);
    assert.equal(modelShare(context, [{ start: 20, end: 30 }]), 0);
  });
  it('has none of nothing', () => {
    assert.equal(modelShare({ start: 5, end: 5 }, [{ start: 0, end: 9 }]), null);
  });
});
