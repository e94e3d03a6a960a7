import assert from 'node:assert/strict';
import { afterSecondTry, testsToTryAgain } from '../../../scripts/hosts/second-try';
import { failureOf, type Counts } from '../../../scripts/hosts/test-line';

const counts = (passed: number, titles: readonly string[][], failed = titles.length): Counts => ({
  passed,
  failed,
  skipped: 0,
  failures: titles.map(failureOf),
});

describe('a second try', () => {
  it('is for the suites of what failed, each once, and no others', () => {
    const grep = testsToTryAgain(
      counts(7, [
        ['keys (all)', 'a'],
        ['keys (all)', 'b'],
        ['undo', 'c'],
      ]),
    );
    assert.ok(grep !== undefined);
    const pattern = new RegExp(grep);
    assert.deepEqual(
      ['keys (all) a', 'undo c', 'redo undo', 'keys b'].filter((title) => pattern.test(title)),
      ['keys (all) a', 'undo c'],
    );
  });

  it('is for everything where a run broke off', () => {
    assert.equal(testsToTryAgain(counts(7, [['undo', 'c']], 2)), '');
  });

  it('is for nothing where nothing failed, or nearly everything', () => {
    assert.equal(testsToTryAgain(counts(7, [])), undefined);
    const many = Array.from({ length: 7 }, (_, i) => ['suite', String(i)]);
    assert.equal(testsToTryAgain(counts(7, many)), undefined);
  });

  it('mends what passes alone', () => {
    const first = counts(10, [
      ['undo', 'c'],
      ['undo', 'd'],
    ]);
    const second = counts(4, [['undo', 'd']]);
    assert.deepEqual(afterSecondTry(first, '^(?:undo)', second), {
      ...counts(11, [['undo', 'd']]),
    });
  });

  it('mends nothing when it did not run', () => {
    const first = counts(10, [['undo', 'c']]);
    assert.deepEqual(afterSecondTry(first, '^(?:undo)', counts(0, [])), first);
  });

  it('stands for the whole run where that broke off', () => {
    assert.deepEqual(afterSecondTry(counts(3, [], 1), '', counts(9, [])), counts(9, []));
  });
});
