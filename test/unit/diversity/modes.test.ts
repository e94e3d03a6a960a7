import assert from 'node:assert/strict';
import fc from 'fast-check';
import { measure } from '../../../src/core/diversity/measures';
import { compareTexts, findModes, type Mode } from '../../../src/core/diversity/modes';
import { EmbeddingSimilarity } from '../../../src/core/diversity/similarity';
import { seededRandom } from '../../../src/core/model/sketch/random';
import { JOKES } from '../../fixtures/jokes';

const SEEDED = { seed: 4, numRuns: 60 };

function modesOf(texts: readonly string[]): Mode[] {
  return findModes(compareTexts(texts));
}

/** A number in letters. */
function spelt(number: number): string {
  return Array.from(String(number), (digit) => 'bdfgklmnrt'[Number(digit)]).join('a');
}

/** The texts of each mode, whatever their order. */
function partition(texts: readonly string[]): string[] {
  return modesOf(texts)
    .map(({ members }) => JSON.stringify(members.map((member) => texts[member]).sort()))
    .sort();
}

const jokes = Object.entries(JOKES).flatMap(([about, texts]) =>
  texts.map((text) => ({ about, text })),
);

describe('Modes', () => {
  it('puts every text into exactly one mode, the largest first, whatever the texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 20 }),
        (texts) => {
          const modes = modesOf(texts);
          const members = modes.flatMap((mode) => mode.members).sort((a, b) => a - b);
          assert.deepEqual(members, [...texts.keys()]);
          assert.ok(modes.every((mode) => mode.size === mode.members.length));
          const sizes = modes.map(({ size }) => size);
          assert.deepEqual(
            sizes,
            [...sizes].sort((a, b) => b - a),
          );
          assert.equal(new Set(modes.map(({ label }) => label)).size, modes.length);
        },
      ),
      SEEDED,
    );
  });

  it('does not depend on the order of the texts', () => {
    const pool = jokes.map(({ text }) => text);
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: 2 }), fc.nat(), (texts, seed) => {
        const random = seededRandom(seed, 0);
        const keyed = texts.map((text) => ({ text, key: random() }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ text }) => text);
        assert.deepEqual(partition(shuffled), partition(texts));
      }),
      SEEDED,
    );
  });

  it('finds every wording of a joke and keeps the jokes apart', () => {
    const texts = jokes.map(({ text }) => text);
    const group = new Map(
      modesOf(texts).flatMap(({ members }, i) => members.map((member) => [member, i])),
    );
    jokes.forEach((a, i) => {
      jokes.forEach((b, j) => {
        assert.equal(group.get(i) === group.get(j), a.about === b.about, `${a.text} / ${b.text}`);
      });
    });
  });

  it('names jokes by what they are about', () => {
    const labels = modesOf(jokes.map(({ text }) => text)).map(({ label }) => label);
    for (const about of ['scarecrow', 'tomato', 'cookie', 'bicycle', 'coffee']) {
      assert.ok(labels.includes(about), `${about}: ${labels.join(', ')}`);
    }
  });

  it('names prose by who does what', () => {
    const texts = [
      'She leaves the house before dawn and takes the road to the harbour.',
      'She leaves the house before dawn, taking the road down to the harbour.',
      'She leaves the house before it is light and takes the harbour road.',
      'He calls his brother from the station and says nothing of the letter.',
    ];
    assert.deepEqual(
      modesOf(texts).map(({ label, size }) => [label, size]),
      [
        ['she leaves', 3],
        ['he calls', 1],
      ],
    );
  });

  it('tells short answers apart by what is not the frame round them', () => {
    const foods = ['chicken', 'eggs', 'lentils', 'tofu'];
    const texts = foods.map((food) => `One source of protein is ${food}.`);
    assert.equal(modesOf(texts).length, foods.length);
  });

  it('takes wrapper, typesetting, case and punctuation for no difference', () => {
    const texts = ['“Apples — ripe!”', "Sure, here's one: apples, ripe", '**Apples** - ripe 🍎'];
    assert.equal(compareTexts(texts).distinct.texts.length, 1);
    assert.equal(modesOf(texts).length, 1);
  });

  it('keeps an answer that looks like a wrapper', () => {
    assert.deepEqual(modesOf(['Sure', 'Absolutely']).length, 2);
  });

  it('answers for no text, one text, and texts with nothing in them', () => {
    assert.deepEqual(modesOf([]), []);
    assert.deepEqual(modesOf(['One.']), [{ label: 'One', size: 1, members: [0] }]);
    assert.deepEqual(modesOf(['', ' ', '\n']), [{ label: '…', size: 3, members: [0, 1, 2] }]);
    assert.equal(modesOf(['', '!!!', '???']).length, 3);
  });

  it('reads writing without spaces, right to left, and with marks', () => {
    const texts = [
      '彼女は夜明け前に家を出る。',
      '彼女は夜明け前に家を出た。',
      '兄に駅から電話をかける。',
    ];
    assert.equal(modesOf(texts).length, 2);
    assert.equal(modesOf(['הלכה הביתה', 'הלכה הביתה!', 'קרא ספר']).length, 2);
    assert.equal(modesOf(['cafe\u0301', 'café']).length, 1);
  });

  it('groups ten thousand short texts', () => {
    const texts = Array.from({ length: 10_000 }, (_, i) => `The ${spelt(i % 5000)} door`);
    const compared = compareTexts(texts);
    const modes = findModes(compared);
    const measures = measure(texts, compared, modes);
    assert.equal(modes.length, 5000);
    assert.deepEqual(measures.estimated, ['modes', 'meanSimilarity', 'vendi']);
    assert.ok(measures.effectiveNumber > 4999.9);
  });

  it('takes embeddings instead, with a threshold of their own', () => {
    const { distinct } = compareTexts(['north', 'south', 'up']);
    const vectors = distinct.texts.map((text) =>
      Float32Array.from(text === 'up' ? [0, 1] : [1, text === 'north' ? 0.1 : 0]),
    );
    const modes = findModes({ distinct, similarity: new EmbeddingSimilarity(vectors) }, 0.9);
    assert.deepEqual(
      modes.map(({ members }) => members),
      [[0, 1], [2]],
    );
  });
});

describe('Similarity', () => {
  it('is symmetric, within 0 and 1, 1 of itself, and the same by row as by pair', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { minLength: 1, maxLength: 9 }),
        (texts) => {
          const { similarity } = compareTexts(texts);
          const row = new Float64Array(similarity.size);
          for (let i = 0; i < similarity.size; i++) {
            similarity.row(i, row);
            row.forEach((value, j) => {
              const between = similarity.between(i, j);
              assert.ok(value >= 0 && value <= 1);
              assert.ok(Math.abs(value - between) < 1e-6);
              assert.equal(between, similarity.between(j, i));
              assert.ok(i !== j || value === 1);
            });
          }
        },
      ),
      SEEDED,
    );
  });
});
