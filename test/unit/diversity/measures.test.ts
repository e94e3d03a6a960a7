import assert from 'node:assert/strict';
import fc from 'fast-check';
import { symmetricEigenvalues } from '../../../src/core/diversity/eigenvalues';
import { gzipRatio, measure, type Measures } from '../../../src/core/diversity/measures';
import { compareTexts, findModes } from '../../../src/core/diversity/modes';
import { ngramsOf } from '../../../src/core/diversity/ngrams';
import { selfBleu } from '../../../src/core/diversity/selfBleu';
import { vendi } from '../../../src/core/diversity/vendi';
import { seededRandom } from '../../../src/core/model/sketch/random';

const SEEDED = { seed: 4, numRuns: 60 };

function measuresOf(texts: readonly string[]): Measures {
  const compared = compareTexts(texts);
  return measure(texts, compared, findModes(compared));
}

function near(actual: number, expected: number, within = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= within, `${actual}, not ${expected}`);
}

function words(text: string): string[] {
  return text.split(' ');
}

describe('Measures', () => {
  it('of identical texts: one of everything', () => {
    const measures = measuresOf(Array<string>(7).fill('The rain came down on the harbour.'));
    near(measures.effectiveNumber, 1);
    near(measures.inverseSimpson, 1);
    near(measures.vendi, 1);
    near(measures.selfBleu, 1);
    near(measures.meanSimilarity, 1);
  });

  it('of texts that share nothing: as many as there are', () => {
    const measures = measuresOf(['alpha bravo', 'kilo lima', 'quebec zulu', 'tango whiskey']);
    near(measures.effectiveNumber, 4);
    near(measures.inverseSimpson, 4);
    near(measures.vendi, 4);
    near(measures.distinct1, 1);
    near(measures.distinct2, 1);
    assert.ok(measures.selfBleu < 0.1 && measures.meanSimilarity < 0.3);
  });

  it('lie in their ranges, do not depend on order, and are finite whatever the texts', () => {
    const some = fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }), { maxLength: 12 });
    fc.assert(
      fc.property(some, (texts) => {
        const { estimated, ...there } = measuresOf(texts);
        const back = measuresOf([...texts].reverse());
        assert.deepEqual(estimated, []);
        for (const value of Object.values(there)) {
          assert.ok(Number.isFinite(value) && value >= 0);
        }
        // What gzip finds depends on what stands near.
        for (const name of Object.keys(there) as (keyof typeof there)[]) {
          near(back[name], there[name], name === 'gzipRatio' ? 1 : 1e-9);
        }
        const n = texts.length + 1e-9;
        assert.ok(there.inverseSimpson <= there.effectiveNumber + 1e-9);
        assert.ok(there.effectiveNumber <= n && there.vendi <= n);
        assert.ok([there.distinct1, there.distinct2, there.selfBleu].every((x) => x <= 1 + 1e-9));
      }),
      SEEDED,
    );
  });

  it('follow their formulas on modes of 3 and 1', () => {
    const measures = measuresOf(['red', 'red', 'Red!', 'blue']);
    near(measures.effectiveNumber, Math.exp(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))));
    near(measures.inverseSimpson, 1 / (0.75 ** 2 + 0.25 ** 2));
    near(measures.distinct1, 2 / 4);
  });

  it('Vendi: exp of the entropy of the mean of the 1- and 2-gram cosines', () => {
    // "a b" and "a c": cosines 1/2 and 0, mean 1/4; eigenvalues of K/2 are 5/8 and 3/8.
    const expected = Math.exp(-(0.625 * Math.log(0.625) + 0.375 * Math.log(0.375)));
    near(vendi(ngramsOf([words('a b'), words('a c')]), 256), expected);
    // Copies weigh as the whole matrix would have them.
    const copies = [words('a b'), words('a b'), words('a c'), words('a c')];
    near(vendi(ngramsOf(copies), 256), expected);
  });

  it('Vendi: the estimate for large sets is near the exact value', () => {
    const random = seededRandom(3, 0);
    const texts = Array.from({ length: 300 }, () =>
      Array.from({ length: 40 }, () => `w${Math.floor(600 ** random())}`),
    );
    const exact = vendi(ngramsOf(texts), 300);
    near(vendi(ngramsOf(texts), 10) / exact, 1, 0.1);
  });

  it('self-BLEU: a text is held against the others, not against itself', () => {
    near(selfBleu(ngramsOf([words('a b c d e'), words('a b c d e')])), 1);
    const apart = selfBleu(ngramsOf([words('a b c d e'), words('f g h i j')]));
    assert.ok(apart > 0 && apart < 0.1);
    assert.equal(selfBleu(ngramsOf([words('a b c d e')])), 0);
    // By hand: both have 4/5, 3/4, 2/3, 1/2 of their n-grams in the other, and equal lengths.
    const mean = (4 / 5) * (3 / 4) * (2 / 3) * (1 / 2);
    near(selfBleu(ngramsOf([words('a b c d e'), words('a b c d f')])), mean ** 0.25);
  });

  it('self-BLEU: a repeated word counts only as often as another text has it', () => {
    near(
      selfBleu(ngramsOf([words('a a'), words('a b')])),
      (Math.sqrt(0.5 * 0.1) + Math.sqrt(0.5 * 0.1)) / 2,
    );
  });

  it('gzip: texts that repeat each other shrink more', () => {
    const line = 'The rain came down on the harbour and the boats.';
    assert.ok(gzipRatio(Array<string>(9).fill(line)) > 2 * gzipRatio([line]));
    assert.equal(gzipRatio([]), 0);
  });
});

describe('Eigenvalues', () => {
  it('of a matrix with known ones', () => {
    const values = symmetricEigenvalues(Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2), 3).sort();
    [2 - Math.SQRT2, 2, 2 + Math.SQRT2].forEach((expected, i) => near(values[i] ?? NaN, expected));
  });

  it('add up to the trace, their squares to the squares of the entries', () => {
    const n = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(n, fc.nat(), (size, seed) => {
        const random = seededRandom(seed, 0);
        const matrix = new Float64Array(size * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j <= i; j++) {
            matrix[i * size + j] = matrix[j * size + i] = Math.floor(random() * 5) - 2;
          }
        }
        const squares = matrix.reduce((sum, x) => sum + x * x, 0);
        const trace = matrix.reduce((sum, x, at) => (at % (size + 1) === 0 ? sum + x : sum), 0);
        const values = symmetricEigenvalues(matrix, size);
        near(
          values.reduce((sum, x) => sum + x, 0),
          trace,
          1e-8,
        );
        near(
          values.reduce((sum, x) => sum + x * x, 0),
          squares,
          1e-7,
        );
      }),
      SEEDED,
    );
  });
});
