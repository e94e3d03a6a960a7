import assert from 'node:assert/strict';
import { phraseLogRatio } from '../../../src/core/model/phraseRatio';
import type { Run, Token } from '../../../src/core/model/token';

/** Tokens that tile a text, with the natural logarithms given. */
function tokens(...parts: readonly (readonly [string, number | null])[]): Token[] {
  let at = 0;
  return parts.map(([text, logprob]) => {
    const start = at;
    at += text.length;
    return { start, end: at, logprob, alternatives: [], tail: null };
  });
}

const run = (...parts: readonly (readonly [string, number | null])[]): Run => ({
  semantics: 'raw',
  bytes: 'none',
  tokens: tokens(...parts),
});

const text = 'She smiled a testament to hope.';
const human = tokens(
  ['She', -2],
  [' smiled', -6],
  [' a', -3],
  [' testament', -12],
  [' to', -1],
  [' hope', -5],
  ['.', -1],
);
const at = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

describe('phrases: a model against human fiction', () => {
  it('subtracts over the phrase, piece by piece, however the model cuts words', () => {
    const model = run(
      ['She', -1],
      [' smiled', -2],
      [' a', -1],
      [' test', -2],
      ['ament', -0.5],
      [' to', -0.1],
      [' hope.', -1],
    );
    const ratio = phraseLogRatio(at(' testament to'), model, human);
    assert.equal(text.slice(ratio.start, ratio.end), ' testament to');
    assert.deepEqual(ratio.parts, [
      { ...at(' testament'), nats: 9.5 },
      { ...at(' to'), nats: 0.9 },
    ]);
    assert.equal(ratio.nats, 10.4);
    assert.ok(Math.abs((ratio.perToken ?? 0) - 10.4 / 3) < 1e-12);
    assert.equal(ratio.covered, 1);
  });

  it('widens the phrase to whole tokens of both', () => {
    const model = run(['She smiled a', -5], [' testament', -3], [' to', -1], [' hope.', -2]);
    const ratio = phraseLogRatio(at('ament'), model, human);
    assert.equal(text.slice(ratio.start, ratio.end), ' testament');
    assert.equal(ratio.nats, 9);
    const last = phraseLogRatio(at('hope'), model, human);
    assert.equal(text.slice(last.start, last.end), ' hope.');
    assert.equal(last.nats, 4);
  });

  it('leaves out on both sides what has no probability, and says how much it compared', () => {
    const model = run(
      ['She smiled', null],
      [' a', -1],
      [' testament', -Infinity],
      [' to', -0.5],
      [' hope.', null],
    );
    const ratio = phraseLogRatio(at(' a testament to'), model, human);
    assert.equal(ratio.nats, 2.5);
    assert.equal(ratio.perToken, 1.25);
    assert.ok(Math.abs(ratio.covered - 5 / 15) < 1e-12);
    const none = phraseLogRatio(at(' hope'), model, human);
    assert.deepEqual([none.nats, none.perToken, none.covered], [null, null, 0]);
  });

  it('takes tokens without text, and texts that nothing tiles', () => {
    const model = run(['She smiled', -1], ['', -1], [' a testament to hope.', -2]);
    assert.equal(phraseLogRatio(at('She smiled'), model, human).nats, -2 + 8);
    const empty = phraseLogRatio({ start: 0, end: 3 }, run(), []);
    assert.deepEqual(empty, {
      start: 0,
      end: 3,
      nats: null,
      perToken: null,
      covered: 0,
      parts: [],
      semantics: 'raw',
    });
  });
});
