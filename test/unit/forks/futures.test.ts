import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bordersToSample,
  entropyOf,
  FROZEN_BY_TOKENS,
  futuresFromTokens,
  pointOfNoReturn,
  sentencesOf,
  type BorderFutures,
} from '../../../src/core/diversity/futures';
import { tokensOf, type Part } from '../../fixtures/scriptedModel';

const near = (a: number | null | undefined, b: number) =>
  assert.ok(a !== null && a !== undefined && Math.abs(a - b) < 1e-9, `${a} is not ${b}`);
const borders = (...futures: (number | null)[]): BorderFutures[] =>
  futures.map((each, i) => ({ sentence: { start: i, end: i + 1 }, futures: each }));

describe('futures: sentences', () => {
  it('begin where the one before ends', () => {
    const text = ' She left. “Go!” he said. Rain';
    assert.deepEqual(
      sentencesOf(text).map(({ start, end }) => text.slice(start, end)),
      [' She left.', ' “Go!” he said.', ' Rain'],
    );
  });

  it('cover every text, in order', () => {
    const piece = fc.constantFrom(
      ' She left.',
      '\n\n',
      ' ',
      '…',
      ' “No,” he said.',
      '👩‍👩‍👧',
      '.',
      '雨。',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const sentences = sentencesOf(text);
        for (const [i, { start, end }] of sentences.entries()) {
          assert.ok(start < end && end <= text.length);
          assert.ok(i === 0 || start === sentences[i - 1]?.end);
        }
        const kept = sentences.map(({ start, end }) => text.slice(start, end)).join('');
        assert.equal(kept.trim(), text.trim());
      }),
    );
  });
});

describe('futures: entropy of a place', () => {
  it('is exact where everything is listed', () => {
    const [token] = tokensOf([[' a', 0.5, { ' a': 0.5, ' b': 0.25, ' c': 0.25 }]]);
    assert.ok(token);
    const { least, most } = entropyOf({ ...token, tail: 0 }, ' a');
    near(least, 1.5 * Math.LN2);
    near(most, 1.5 * Math.LN2);
  });

  it('bounds what is not listed: below by the last one listed, above by a vocabulary', () => {
    const [token] = tokensOf([[' a', 0.5, { ' a': 0.5, ' b': 0.1 }]]);
    assert.ok(token);
    const { least, most } = entropyOf({ ...token, tail: 0.4 }, ' a');
    const seen = -0.5 * Math.log(0.5) - 0.1 * Math.log(0.1);
    near(least, seen - 0.4 * Math.log(0.1));
    near(most, seen + 0.4 * Math.log(2 ** 18 / 0.4));
  });

  it('lies between its bounds for any distribution of which some is listed', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 8 }), (given, listed) => {
        const sum = given.reduce((a, b) => a + b, 0);
        const shares = given.map((weight) => weight / sum).sort((a, b) => b - a);
        const entropy = shares.reduce((h, p) => h - p * Math.log(p), 0);
        const alternatives = shares
          .slice(0, listed)
          .map((p, i) => ({ text: String(i), logprob: Math.log(p) }));
        const tail = shares.slice(listed).reduce((a, b) => a + b, 0);
        const [best] = alternatives;
        assert.ok(best);
        const bound = entropyOf({ logprob: best.logprob, alternatives, tail }, best.text);
        assert.ok(bound.least <= entropy + 1e-9 && entropy <= bound.most + 1e-9);
      }),
    );
  });
});

describe('futures: from tokens', () => {
  const half = { ' x': 0.5, ' y': 0.5 };
  const parts: Part[] = [
    [' x', 0.5, half],
    ['.', 1, { '.': 1 }],
    [' Sure', 1, { ' Sure': 1 }],
    ['ly', 0.5, { ly: 0.5, x: 0.5 }],
    ['.', 1, { '.': 1 }],
    [' None', 0.5],
    ['.', 0.5],
  ];
  const text = parts.map(([part]) => part).join('');

  it('are exp of the mean entropy over the open places of each sentence', () => {
    const found = futuresFromTokens({ text, tokens: tokensOf(parts) });
    assert.equal(found.length, 3);
    near(found[0]?.futures, Math.exp(Math.LN2 / 2));
    // Inside a word there is no open place, however unsure the model was.
    near(found[1]?.futures, 1);
    assert.equal(found[2]?.futures, null);
  });

  it('leave out what leaves human text no choice', () => {
    const openness = (_: string, next = '') => ({ entropy: next === '.' ? 1 : 6, rank: null });
    const [first] = futuresFromTokens({ text, tokens: tokensOf(parts), openness });
    near(first?.futures, 2);
  });
});

describe('futures: the point of no return', () => {
  it('is the first border from which all that is known is frozen', () => {
    assert.equal(pointOfNoReturn(borders(4, 1, 1), FROZEN_BY_TOKENS), 1);
    assert.equal(pointOfNoReturn(borders(4, 1, 3, null, 1), FROZEN_BY_TOKENS), 4);
    assert.equal(pointOfNoReturn(borders(1, null, 1.05), FROZEN_BY_TOKENS), 0);
    assert.equal(pointOfNoReturn(borders(1, 1, 2), FROZEN_BY_TOKENS), null);
    assert.equal(pointOfNoReturn(borders(null, null), FROZEN_BY_TOKENS), null);
    assert.equal(pointOfNoReturn(borders(FROZEN_BY_TOKENS), FROZEN_BY_TOKENS), null);
  });
});

describe('futures: borders to sample', () => {
  it('are all, or the first, the last and others between', () => {
    assert.deepEqual(bordersToSample(3, 12), [0, 1, 2]);
    assert.deepEqual(bordersToSample(9, 3), [0, 4, 8]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (count, most) => {
          const chosen = bordersToSample(count, most);
          assert.equal(chosen.length, Math.min(count, most));
          assert.equal(new Set(chosen).size, chosen.length);
          assert.ok(chosen.every((each) => each >= 0 && each < count));
        },
      ),
    );
  });
});
