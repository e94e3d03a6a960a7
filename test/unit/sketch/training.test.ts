import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BitWriter } from '../../../scripts/sketch/bitWriter';
import { isDevelopment } from '../../../scripts/sketch/corpus';
import { countNgrams } from '../../../scripts/sketch/ngramTable';
import { smoothAll } from '../../../scripts/sketch/kneserNey';
import { pack } from '../../../scripts/sketch/packing';
import { prune } from '../../../scripts/sketch/pruning';
import { codebook, codeOf } from '../../../scripts/sketch/quantise';
import { RankedBits, readBits } from '../../../src/core/model/sketch/bits';
import { KneserNey } from '../../../src/core/model/sketch/kneserNey';
import { NgramCounts, ROOT } from '../../../src/core/model/sketch/ngramCounts';
import { PackedNgrams } from '../../../src/core/model/sketch/packedNgrams';
import { prose, trained } from './helpers';

const TOKENS = 7;
/** A text over a small vocabulary that holds every token; the first stands nowhere else. */
const text = fc
  .array(fc.nat(TOKENS - 2), { maxLength: 60 })
  .map((tokens) => [6, ...tokens, 0, 1, 2, 3, 4, 5]);

function packed(tokens: readonly number[], threshold: number, codeBits = 9): PackedNgrams {
  const symbols = Int32Array.from([...tokens.map((token) => token + 1), 0]);
  const levels = countNgrams(symbols, TOKENS + 1, 5);
  return new PackedNgrams(pack(levels, prune(levels, smoothAll(levels), threshold), codeBits), 0);
}

describe('Sketch: training', () => {
  it('makes, unpruned, the model that Kneser–Ney counts', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(TOKENS - 1), { maxLength: 6 }), (tokens, past) => {
        const model = packed(tokens, -Infinity);
        const counts = new NgramCounts(5);
        [...tokens, TOKENS].reduce((context, token) => counts.add(context, token), ROOT);
        const reference = new KneserNey(counts);
        let state = model.blank;
        let wanted = reference.blank;
        for (const token of past) {
          state = model.next(state, token);
          wanted = reference.next(wanted, token);
        }
        for (let token = 0; token < TOKENS; token++) {
          const p = reference.probability(wanted, token);
          const q = model.probability(state, token);
          // Codes are rounded.
          assert.ok(Math.abs(p - q) < 0.03 * p + 0.002, `${p} ${q}`);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('sums to 1 however much is pruned', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(fc.integer({ min: -1, max: TOKENS }), { maxLength: 6 }),
        fc.constantFrom(-Infinity, 0, 0.3, 1, 5, Infinity),
        fc.constantFrom(3, 5),
        (tokens, past, threshold, codeBits) => {
          const model = packed(tokens, threshold, codeBits);
          const state = past.reduce((at, token) => model.next(at, token), model.start);
          let sum = model.unseen(state);
          const scattered = new Float64Array(TOKENS);
          const add = (token: number, mass: number) => {
            scattered[token] = (scattered[token] ?? 0) + mass;
          };
          const rest = model.scatter(state, 1, { add, omit: () => assert.fail('all') }, Infinity);
          model.unigrams.tokens.forEach((token, i) =>
            add(token, rest * (model.unigrams.masses[i] ?? 0)),
          );
          for (let token = 0; token < TOKENS; token++) {
            const p = model.probability(state, token);
            assert.ok(p > 0 && Math.abs((scattered[token] ?? 0) - p) < 1e-12);
            sum += p;
          }
          assert.ok(Math.abs(sum - 1) < 1e-9, `${sum}`);
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });

  it('keeps less at a higher threshold, and what it says of the rest close', () => {
    const tokens = Array.from({ length: 3000 }, (_, i) => (i * i * 7 + (i % 5) * i) % TOKENS);
    const symbols = Int32Array.from([...tokens.map((token) => token + 1), 0]);
    const levels = countNgrams(symbols, TOKENS + 1, 5);
    const full = smoothAll(levels);
    const kept = [0, 1, 4, 20, 1e9].map((threshold) =>
      prune(levels, full, threshold)
        .slice(2)
        .reduce((sum, level) => sum + level.kept.reduce((a, b) => a + b, 0), 0),
    );
    assert.deepEqual(
      kept,
      [...kept].sort((a, b) => b - a),
    );
    assert.ok((kept[0] ?? 0) > (kept[2] ?? 0) && kept.at(-1) === 0);
  });

  it('gives the same bytes again', () => {
    assert.deepEqual(trained(prose(30)), trained(prose(30)));
    assert.notDeepEqual(trained(prose(30)), trained(prose(30, 2)));
  });

  it('splits by a rule that keeps works that overlap together', () => {
    const split = (names: string[]) => new Set(names.map(isDevelopment)).size;
    assert.equal(
      split(['jacob-and-wilhelm-grimm__household-tales', 'jacob-and-wilhelm-grimm__x']),
      1,
    );
    assert.equal(split(['p-g-wodehouse__short-fiction', 'p-g-wodehouse__my-man-jeeves']), 1);
    assert.equal(split(Array.from({ length: 200 }, (_, i) => `a__${i}`)), 2);
  });
});

describe('Sketch: bits and codes', () => {
  it('read what was written', () => {
    const number = fc
      .integer({ min: 0, max: 25 })
      .chain((width) => fc.tuple(fc.constant(width), fc.nat(2 ** width - 1)));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
        const writer = new BitWriter();
        numbers.forEach(([width, value]) => writer.write(value, width));
        const words = writer.done();
        let at = 0;
        for (const [width, value] of numbers) {
          assert.equal(readBits(words, at, width), value);
          at += width;
        }
      }),
      { seed: 3 },
    );
  });

  it('count the members below', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (members) => {
        const writer = new BitWriter();
        members.forEach((yes) => writer.write(yes ? 1 : 0, 1));
        const bits = new RankedBits(writer.done());
        let rank = 0;
        members.forEach((yes, i) => assert.equal(bits.rank(i), yes ? rank++ : -1));
        assert.equal(bits.rank(members.length + 64), -1);
      }),
      { seed: 4 },
    );
  });

  it('stand for values near them', () => {
    const values = Array.from({ length: 5000 }, (_, i) => 0.98 * ((i + 1) / 5000) ** 3);
    const book = codebook(
      values,
      values.map(() => 1),
      32,
    );
    assert.deepEqual(book, book.slice().sort());
    const distance = (a: number, b: number) => Math.abs(Math.log(a / (1 - a) / (b / (1 - b))));
    for (const value of values.filter((v) => v > 0.02 && v < 0.9)) {
      const near = book[codeOf(book, value)] ?? 0;
      assert.ok(distance(near, value) < 0.5, `${value} ${near}`);
      assert.ok([...book].every((other) => distance(other, value) > distance(near, value) - 1e-5));
    }
  });
});
