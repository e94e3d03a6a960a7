import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectiveNumber } from '../../../src/core/diversity/measures';
import { chooseApart, poolOf, type Pool } from '../../../src/core/rewrite/choose';
import { VERSIONS } from '../../fixtures/collapsingServer';

interface Text {
  mode: number;
  flags: number;
}
const poolFrom = (texts: readonly Text[]): Pool => ({
  size: texts.length,
  between: (i, j) => (texts[i]?.mode === texts[j]?.mode ? 0.8 : 0.1),
  modeOf: (i) => texts[i]?.mode ?? 0,
  flags: (i) => texts[i]?.flags ?? 0,
});
const ideas = (pool: Pool, chosen: readonly number[]) => {
  const sizes = new Map<number, number>();
  chosen.forEach((i) => sizes.set(pool.modeOf(i), (sizes.get(pool.modeOf(i)) ?? 0) + 1));
  return effectiveNumber([...sizes.values()].map((size) => size / chosen.length));
};
const flags = (pool: Pool, chosen: readonly number[]) =>
  chosen.reduce((sum, i) => sum + pool.flags(i), 0);
function* subsets(n: number, k: number, from = 0): Generator<number[]> {
  if (k === 0) {
    yield [];
  }
  for (let i = from; k > 0 && i <= n - k; i++) {
    for (const rest of subsets(n, k - 1, i + 1)) {
      yield [i, ...rest];
    }
  }
}

describe('the choice of those that differ most', () => {
  it('takes one of each mode, in the order given', () => {
    const pool = poolFrom([0, 0, 0, 1, 1, 2].map((mode) => ({ mode, flags: 0 })));
    const chosen = chooseApart(pool, 3);
    assert.deepEqual(
      chosen.map((i) => pool.modeOf(i)),
      [0, 1, 2],
    );
  });

  it('of equals takes those with fewer findings', () => {
    const pool = poolFrom([
      { mode: 0, flags: 3 },
      { mode: 0, flags: 0 },
      { mode: 1, flags: 2 },
      { mode: 1, flags: 1 },
    ]);
    assert.deepEqual(chooseApart(pool, 2), [1, 3]);
  });

  it('does not buy a mode with findings that the first ones do not have', () => {
    const pool = poolFrom([
      { mode: 0, flags: 0 },
      { mode: 0, flags: 0 },
      { mode: 1, flags: 9 },
    ]);
    assert.deepEqual(chooseApart(pool, 2), [0, 1]);
  });

  it('keeps away from what is there anyway', () => {
    const pool = poolFrom([0, 0, 1, 2].map((mode) => ({ mode, flags: 0 })));
    assert.deepEqual(chooseApart(pool, 2, [0]), [2, 3]);
  });

  it('all where there are no more, none of none', () => {
    assert.deepEqual(chooseApart(poolFrom([{ mode: 0, flags: 0 }]), 3), [0]);
    assert.deepEqual(chooseApart(poolFrom([]), 3), []);
  });

  it('reads real texts: near versions count as one', () => {
    const [a = '', b = '', c = ''] = VERSIONS;
    const pool = poolOf([a, a.replace('late', 'very late'), b, c], [0, 0, 0, 0]);
    assert.deepEqual(chooseApart(pool, 3).slice(-2), [2, 3]);
  });

  it('is within a tenth of the best there is, and its findings are no more than those of the first', () => {
    const text = fc.record({ mode: fc.nat(5), flags: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 4, maxLength: 9 }),
        fc.integer({ min: 2, max: 4 }),
        (texts, k) => {
          const pool = poolFrom(texts);
          const first = Array.from({ length: k }, (_, i) => i);
          const chosen = chooseApart(pool, k);
          assert.ok(flags(pool, chosen) <= flags(pool, first));
          const allowed = [...subsets(pool.size, k)].filter(
            (some) => flags(pool, some) <= flags(pool, first),
          );
          const best = Math.max(...allowed.map((some) => ideas(pool, some)));
          assert.ok(ideas(pool, chosen) >= 0.9 * best);
        },
      ),
    );
  });
});
