import assert from 'node:assert/strict';
import { confidenceStep } from '../../../src/core/model/confidence';
import { decodeSmallFloat, encodeSmallFloat } from '../../../src/core/model/smallFloat';
import { VariorumError } from '../../../src/core/model/error';
import { checkOptions, DEFAULT_OPTIONS, OPTION_RANGES } from '../../../src/core/model/options';
import { formatProbability } from '../../../src/core/model/percent';

describe('steps of confidence', () => {
  for (const [p, step] of [
    [1, 'surest'],
    [0.999, 'surest'],
    [0.9989, 'surer'],
    [0.99, 'surer'],
    [0.9899, 'sure'],
    [0.9, 'sure'],
    [0.8999, 'plain'],
    [0.01, 'plain'],
    [0.0099, 'low'],
  ] as const) {
    it(`${p} is ${step}`, () => assert.equal(confidenceStep(Math.log(p)), step));
  }
  it('the step is the same when the probability was kept and read back', () => {
    for (const from of [0.01, 0.9, 0.99, 0.999]) {
      for (let by = -400; by <= 400; by++) {
        const logprob = Math.min(0, Math.log(from) * (1 + by / 100_000));
        const kept = decodeSmallFloat(encodeSmallFloat(-logprob)) ?? 0;
        assert.equal(confidenceStep(-kept), confidenceStep(logprob), `${logprob}`);
      }
    }
  });
  it('no probability is plain', () => assert.equal(confidenceStep(null), 'plain'));
});

describe('probabilities for people', () => {
  for (const [p, text] of [
    [0.973, '97.3%'],
    [0, '0.0%'],
    [0.0004, '<0.1%'],
    [0.99999, '>99.9%'],
    [1, '100.0%'],
  ] as const) {
    it(`${p} is ${text}`, () => assert.equal(formatProbability(p), text));
  }
});

describe('options', () => {
  it('takes the defaults', () => assert.doesNotThrow(() => checkOptions(DEFAULT_OPTIONS)));
  for (const [name, { min, max }] of Object.entries(OPTION_RANGES)) {
    for (const value of [min - 1, max + 1, Number.NaN]) {
      it(`refuses ${name} = ${value}`, () => {
        assert.throws(
          () => checkOptions({ ...DEFAULT_OPTIONS, [name]: value }),
          (error: unknown) =>
            error instanceof VariorumError &&
            error.detail.code === 'bad-request' &&
            error.message.includes(name),
        );
      });
    }
  }
  it('refuses half a branch', () => {
    assert.throws(() => checkOptions({ ...DEFAULT_OPTIONS, n: 1.5 }), /whole number/);
  });
});
