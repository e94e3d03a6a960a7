import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KneserNey, discountsOf } from '../../../src/core/model/sketch/kneserNey';
import { NgramCounts, START } from '../../../src/core/model/sketch/ngramCounts';

/**
 * Interpolated modified Kneser–Ney straight from Chen & Goodman (1998), over strings, with no
 * cleverness: adjusted counts are taken from the set of all n-grams each time.
 */
class Reference {
  private readonly raw = new Map<string, number>();
  private readonly adjusted: Map<string, number>[] = [];

  constructor(order: number, texts: readonly (readonly number[])[]) {
    for (const text of texts) {
      const padded = ['^', ...text.map(String)];
      for (let end = 1; end < padded.length; end++) {
        for (let n = 1; n <= order && n <= end + 1; n++) {
          const gram = padded.slice(end - n + 1, end + 1).join(' ');
          this.raw.set(gram, (this.raw.get(gram) ?? 0) + 1);
        }
      }
    }
    for (let n = 1; n <= order; n++) {
      const adjusted = new Map<string, number>();
      this.adjusted[n] = adjusted;
      for (const [gram, count] of this.raw) {
        if (gram.split(' ').length === n) {
          const left = [...this.raw.keys()].filter(
            (other) => other.endsWith(` ${gram}`) && other.split(' ').length === n + 1,
          );
          adjusted.set(gram, n === order || gram.startsWith('^') ? count : left.length);
        }
      }
    }
  }

  p(context: readonly string[], word: string): number {
    const n = context.length + 1;
    const counts = this.adjusted[n] ?? new Map<string, number>();
    const after = [...counts].filter(
      ([gram]) => gram.split(' ').slice(0, -1).join(' ') === context.join(' '),
    );
    const total = after.reduce((sum, [, count]) => sum + count, 0);
    const lower = () =>
      context.length === 0 ? (word === '?' ? 1 : 0) : this.p(context.slice(1), word);
    if (total === 0) {
      return lower();
    }
    const discount = this.discounts(n);
    const gamma = after.reduce((sum, [, count]) => sum + discount(count), 0) / total;
    const count = counts.get([...context, word].join(' ')) ?? 0;
    return (count > 0 ? (count - discount(count)) / total : 0) + gamma * lower();
  }

  private discounts(n: number): (count: number) => number {
    const of = (c: number) =>
      [...(this.adjusted[n] ?? [])].filter(([, count]) => count === c).length;
    const [n1, n2, n3, n4] = [of(1), of(2), of(3), of(4)];
    const y = n1 / (n1 + 2 * n2);
    const d1 = n1 > 0 && n2 > 0 ? 1 - 2 * y * (n2 / n1) : 0.75;
    const d2 = n2 > 0 && n3 > 0 ? 2 - 3 * y * (n3 / n2) : 1.1;
    const d3 = n3 > 0 && n4 > 0 ? 3 - 4 * y * (n4 / n3) : 1.4;
    const clamp = (d: number, c: number) => Math.min(Math.max(d, 0.05), c - 0.05);
    return (c) => (c === 1 ? clamp(d1, 1) : c === 2 ? clamp(d2, 2) : clamp(d3, 3));
  }
}

function train(order: number, texts: readonly (readonly number[])[]): KneserNey {
  // A tiny capacity, so that the tables have to grow.
  const counts = new NgramCounts(order, 4);
  for (const text of texts) {
    text.reduce((context, token) => counts.add(context, token), START);
  }
  return new KneserNey(counts);
}

const WORDS = 6;
const corpus = fc.array(fc.array(fc.integer({ min: 0, max: WORDS - 1 }), { maxLength: 40 }), {
  minLength: 1,
  maxLength: 3,
});
/** One word (6) is in no corpus. */
const history = fc.array(fc.integer({ min: 0, max: WORDS }), { maxLength: 6 });

describe('Sketch: Kneser–Ney', () => {
  it('is what the formula says, at every order', () => {
    fc.assert(
      fc.property(corpus, history, fc.integer({ min: 2, max: 5 }), (texts, past, order) => {
        const model = train(order, texts);
        const reference = new Reference(order, texts);
        const state = past.reduce((at, token) => model.next(at, token), model.start);
        // The reference sees the start of the text as far as its order reaches, and past it nothing.
        const context = ['^', ...past.map(String)].slice(-(order - 1));
        for (let word = 0; word < WORDS; word++) {
          const expected = reference.p(context, String(word));
          assert.ok(Math.abs(model.probability(state, word) - expected) < 1e-12, `${word}`);
        }
        assert.ok(Math.abs(model.unseen(state) - reference.p(context, '?')) < 1e-12);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('sums to 1 after any context', () => {
    fc.assert(
      fc.property(corpus, history, (texts, past) => {
        const model = train(5, texts);
        for (const from of [model.start, model.blank]) {
          const state = past.reduce((at, token) => model.next(at, token), from);
          let sum = model.unseen(state);
          for (let word = 0; word <= WORDS; word++) {
            sum += model.probability(state, word);
          }
          assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
        }
      }),
      { seed: 2 },
    );
  });

  it('scatters what its probabilities say', () => {
    fc.assert(
      fc.property(corpus, history, (texts, past) => {
        const model = train(4, texts);
        const state = past.reduce((at, token) => model.next(at, token), model.start);
        const masses = new Map<number, number>();
        const add = (token: number, mass: number) =>
          void masses.set(token, (masses.get(token) ?? 0) + mass);
        const rest = model.scatter(state, 0.5, {
          add,
          omit: () => assert.fail('none is left out'),
        });
        model.unigrams.tokens.forEach((token, i) =>
          add(token, rest * (model.unigrams.masses[i] ?? 0)),
        );
        for (let word = 0; word < WORDS; word++) {
          assert.ok(
            Math.abs((masses.get(word) ?? 0) - 0.5 * model.probability(state, word)) < 1e-12,
          );
        }
      }),
      { seed: 3 },
    );
  });

  it('keeps every discount between nothing and the count', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }),
        ([a = 0, b = 0, c = 0, d = 0]) => {
          discountsOf(a, b, c, d).forEach((discount, i) =>
            assert.ok(discount > 0 && discount < i + 1),
          );
        },
      ),
      { seed: 4 },
    );
    assert.deepEqual(
      discountsOf(100, 40, 20, 10).map((d) => Number(d.toFixed(4))),
      [0.5556, 1.1667, 1.8889],
    );
  });

  it('knows which n-grams of the longest order it has seen', () => {
    const model = train(3, [[1, 2, 3, 1, 2, 4]]);
    const state = model.next(model.next(model.start, 1), 2);
    assert.equal(model.recites(state, 4), true);
    assert.equal(model.recites(state, 1), false);
    assert.equal(model.recites(model.next(model.blank, 2), 4), false);
  });
});
