import assert from 'node:assert/strict';
import { needsYardstick, readToken } from '../../../src/core/model/certainty';
import { OPEN_BITS } from '../../../src/core/model/openBits';
import {
  confidenceStep,
  confidenceSteps,
  readThresholds,
  THRESHOLDS,
} from '../../../src/core/model/confidence';
import { sparkline, summarise, type ReadFacts } from '../../../src/core/model/confidenceSummary';
import { entropyBounds, LARGEST_VOCABULARY } from '../../../src/core/model/entropy';
import {
  tokenDetails,
  tokenEntropy,
  type Bar,
  type TokenFacts,
} from '../../../src/core/model/tokenDetails';
import { hexOf } from '../../../src/core/text/visible';

const facts = (
  text: string,
  p: number | null,
  others: Record<string, number> = {},
  tail: number | null = null,
): TokenFacts => ({
  text,
  logprob: p === null ? null : Math.log(p),
  alternatives: Object.entries(others).map(([other, q]) => ({ text: other, logprob: Math.log(q) })),
  tail,
});
const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-9, `${actual} is not ${expected}`);

describe('given and stuck', () => {
  const text = 'She shook his hand.';
  const at = (word: string, p: number | null) => {
    const start = text.indexOf(word);
    return { start, end: start + word.length, logprob: p === null ? null : Math.log(p) };
  };
  const rows: [string, number | null, number | null, string, string | null][] = [
    [' hand', 0.995, OPEN_BITS, 'surer', 'stuck'],
    [' hand', 0.995, OPEN_BITS - 0.01, 'surer', 'given'],
    [' hand', 0.9995, 9, 'surest', 'stuck'],
    [' hand', 0.95, 9, 'sure', null],
    [' hand', 0.95, 1, 'sure', 'given'],
    [' hand', 0.995, null, 'surer', null],
    ['and', 0.9999, 9, 'surest', 'given'],
    ['.', 0.995, 5, 'surer', 'stuck'],
    [' hand', 0.5, 9, 'plain', null],
    [' hand', 0.001, 9, 'low', null],
    [' hand', null, 9, 'plain', null],
  ];
  for (const [word, p, bits, step, certainty] of rows) {
    it(`"${word}" at p ${p} where human text has ${bits} bits is ${step}, ${certainty}`, () => {
      assert.deepEqual(readToken(text, at(word, p), bits), { step, certainty });
    });
  }
  it('asks the yardstick only where it decides something', () => {
    assert.equal(needsYardstick(text, at(' hand', 0.9)), true);
    assert.equal(needsYardstick(text, at('and', 0.99)), false);
    assert.equal(needsYardstick(text, at(' hand', 0.89)), false);
    assert.equal(needsYardstick(text, at(' hand', null)), false);
  });
  it('follows other thresholds', () => {
    const steps = confidenceSteps({ low: 0.2, sure: 0.5, surer: 0.6, surest: 0.7 });
    assert.equal(confidenceStep(Math.log(0.1), steps), 'low');
    assert.deepEqual(readToken(text, at(' hand', 0.65), 9, steps), {
      step: 'surer',
      certainty: 'stuck',
    });
  });
});

describe('thresholds as somebody wrote them', () => {
  it('may leave some out', () => {
    assert.deepEqual(readThresholds({}), THRESHOLDS);
    assert.deepEqual(readThresholds({ sure: 0.8 }), { ...THRESHOLDS, sure: 0.8 });
  });
  for (const bad of [
    null,
    'x',
    [],
    { sure: 0.995 },
    { low: 0 },
    { low: 0.9 },
    { surest: 1 },
    { sure: 'much' },
    { surer: NaN },
    { low: -1 },
    { surer: 0.9 },
  ]) {
    it(`${JSON.stringify(bad)} is none`, () => assert.equal(readThresholds(bad), undefined));
  }
});

describe('entropy with part of the distribution unseen', () => {
  it('is exact where all of it is known', () => {
    const bounds = entropyBounds([0.5, 0.25, 0.25], 0);
    near(bounds?.low, 1.5 * Math.LN2);
    near(bounds?.high, 1.5 * Math.LN2);
  });
  it('holds for every way to spread the rest', () => {
    const known = [0.6, 0.1];
    const tail = 0.3;
    for (const parts of [3, 4, 10, 1000]) {
      const all = [...known, ...Array.from({ length: parts }, () => tail / parts)];
      const own = -all.reduce((sum, p) => sum + p * Math.log(p), 0);
      const bounds = entropyBounds(known, tail, 0.1);
      assert.ok(bounds && bounds.low <= own + 1e-12 && own <= bounds.high, `${parts}`);
    }
    near(entropyBounds(known, tail, 0.1)?.low, -(0.6 * Math.log(0.6) + 4 * 0.1 * Math.log(0.1)));
    near(
      entropyBounds([0.7], 0.3)?.high,
      -0.7 * Math.log(0.7) + 0.3 * Math.log((LARGEST_VOCABULARY - 1) / 0.3),
    );
  });
  it('is not known where the rest is not', () => {
    assert.equal(entropyBounds([0.5], null), null);
    assert.equal(entropyBounds([], 1), null);
  });
  it('an emitted token below the listed ones bounds nothing', () => {
    const token = facts(' x', 0.0001, { a: 0.5, b: 0.2, ' x': 0.0001 }, 0.2999);
    const bounds = tokenEntropy(token);
    const rest = [0.2, 0.0999].reduce((sum, p) => sum - p * Math.log(p), 0);
    const own = [0.5, 0.2, 0.0001].reduce((sum, p) => sum - p * Math.log(p), 0);
    near(bounds?.low, own + rest);
  });
});

describe('what there is to say about a token', () => {
  const brief = (bar: Bar) =>
    `${bar.kind} ${'option' in bar ? bar.option.text : ''} ${bar.share.toFixed(3)}`;
  it('without the winner the others add up to 1', () => {
    const { withoutWinner } = tokenDetails(
      facts('a', 0.99, { a: 0.99, b: 0.006, c: 0.002 }, 0.002),
      'stuck',
    );
    assert.deepEqual(withoutWinner.map(brief), ['other b 0.600', 'other c 0.200', 'tail  0.200']);
  });
  it('the winner is left out only at a stuck token, and where others are known', () => {
    const token = facts('a', 0.99, { a: 0.99, b: 0.01 }, 0);
    assert.deepEqual(tokenDetails(token, 'given').withoutWinner, []);
    assert.deepEqual(tokenDetails(token, null).withoutWinner, []);
    assert.deepEqual(tokenDetails(facts('a', 0.999, {}, 0.001), 'stuck').withoutWinner, []);
  });
  it('invents nothing where there is no probability', () => {
    const details = tokenDetails({ ...facts('a', null, { b: 0.2 }), missing: 'floor' }, null);
    assert.equal(details.probability, null);
    assert.equal(details.rank, null);
    assert.equal(details.entropy, null);
    assert.deepEqual(details.bars.map(brief), ['other b 0.200']);
  });
  it('tells parts of characters apart by their bytes', () => {
    assert.equal(hexOf('', Uint8Array.of(0xe2, 0x9c)), 'E2 9C');
    assert.equal(hexOf('\uFFFD', Uint8Array.of(9)), '09');
    assert.equal(hexOf('é', Uint8Array.of(0xc3, 0xa9)), undefined);
    const token: TokenFacts = {
      ...facts('', 0.5, { '': 0.3 }, 0.2),
      hex: 'E2',
      alternatives: [{ text: '', logprob: Math.log(0.3), hex: 'F0' }],
    };
    assert.deepEqual(
      tokenDetails(token, null).bars.map(({ kind }) => kind),
      ['chosen', 'other', 'tail'],
    );
  });
});

describe('the summary of a passage', () => {
  const item = (token: TokenFacts, certainty: 'given' | 'stuck' | null = null): ReadFacts => ({
    token,
    reading: { step: confidenceStep(token.logprob), certainty },
  });
  it('is what its definitions say', () => {
    const tokens = [
      item(facts('a', 0.5, { a: 0.5, b: 0.5 }, 0)),
      item(facts('b', 0.25, { a: 0.25, b: 0.25, c: 0.25, d: 0.25 }, 0)),
      item(facts('c', null)),
    ];
    const summary = summarise(tokens, true);
    assert.equal(summary.tokens, 3);
    assert.equal(summary.known, 2);
    near(summary.perplexity ?? NaN, Math.sqrt(8));
    near(summary.entropy?.low, 1.5);
    near(summary.entropy?.high, 1.5);
    near(summary.branching?.low, 2 ** 1.5);
    assert.deepEqual(summary.parts, [1, 2, null]);
  });
  it('shares are of the tokens with a probability', () => {
    const tokens = [
      item(facts('a', 0.995), 'stuck'),
      item(facts('b', 0.95), 'given'),
      item(facts('c', 0.001)),
      item(facts('d', 0.5)),
      item(facts('e', null)),
    ];
    const { stuck, given, sure, unlikely } = summarise(tokens, true);
    assert.deepEqual([stuck, given, sure, unlikely], [0.25, 0.25, 0.5, 0.25]);
  });
  it('of nothing known says nothing', () => {
    const { perplexity, entropy, branching, stuck } = summarise([item(facts('a', null))], false);
    assert.deepEqual([perplexity, entropy, branching, stuck], [null, null, null, 0]);
    assert.deepEqual(summarise([], true).parts, []);
  });
  it('draws a line as high as the values', () => {
    assert.equal(sparkline([0, 7, null, 3.5]), '▁█ ▅');
    assert.equal(sparkline([0, 0]), '▁▁');
    assert.equal(
      summarise(
        Array.from({ length: 100 }, () => item(facts('a', 0.5))),
        true,
      ).parts.length,
      24,
    );
  });
});
