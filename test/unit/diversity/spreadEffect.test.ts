import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/core/collapse/translate';
import { countIdeas, spreadEffect } from '../../../src/core/diversity/spreadEffect';

const groups = [{ members: [0, 1, 2, 4] }, { members: [3, 5] }, { members: [6] }, { members: [7] }];

describe('The effect of asking apart', () => {
  it('counts the ideas of some branches only', () => {
    assert.deepEqual(countIdeas(groups, new Set([0, 1, 2])), { ideas: 1, branches: 3 });
    assert.deepEqual(countIdeas(groups, new Set([4, 5, 6, 7])), { ideas: 4, branches: 4 });
  });

  it('says what there was and what came', () => {
    const plain = countIdeas(groups, new Set([0, 1, 2]));
    const apart = countIdeas(groups, new Set([4, 5, 6, 7]));
    assert.equal(
      spreadEffect(plain, apart, inEnglish),
      'about 1 idea in 3 branches asked plainly → about 4 ideas in 4 asked apart',
    );
  });

  it('says nothing where one side is a single branch, or none', () => {
    const some = { ideas: 2, branches: 3 };
    for (const few of [
      { ideas: 0, branches: 0 },
      { ideas: 1, branches: 1 },
    ]) {
      assert.equal(spreadEffect(some, few, inEnglish), undefined);
      assert.equal(spreadEffect(few, some, inEnglish), undefined);
    }
  });
});
