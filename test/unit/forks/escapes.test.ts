import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstStuckPlace, isOpenPlace } from '../../../src/core/collapse/stuckPlaces';
import { isFork, isUncertain, nextPlace } from '../../../src/core/model/landmarks';
import { chooseEscapes, PLAUSIBLE, unlikeness } from '../../../src/core/spread/escapes';
import { tokensOf, type Part } from '../../fixtures/scriptedModel';

const at = (text: string, p: number, others: Record<string, number>) => ({
  text,
  logprob: Math.log(p),
  alternatives: Object.entries({ [text]: p, ...others }).map(([other, q]) => ({
    text: other,
    logprob: Math.log(q),
  })),
});
const texts = (chosen: readonly { text: string }[]) => chosen.map(({ text }) => text);

describe('escapes', () => {
  it('begin with the most probable and go on with what is unlike it', () => {
    const token = at(' the', 0.99, { ' rain': 0.003, ' rains': 0.0025, ' “': 0.002, '\n': 0.001 });
    assert.deepEqual(texts(chooseEscapes(token, 3)), [' rain', ' “', '\n']);
  });

  it('count spellings of one word once, and never the winner’s', () => {
    const token = at(' the', 0.99, { ' The': 0.004, the: 0.003, ' rain': 0.002, ' Rain': 0.0009 });
    assert.deepEqual(texts(chooseEscapes(token, 5)), [' rain']);
  });

  it('leave alone what is under a hundredth of what the winner leaves', () => {
    const token = at(' the', 0.9, { ' rain': 0.05, ' snow': 0.0009 });
    assert.deepEqual(texts(chooseEscapes(token, 5)), [' rain']);
  });

  it('are text that can be put in', () => {
    const token = at(' the', 0.9, {
      '\uFFFD': 0.04,
      '<|endoftext|>': 0.03,
      ' ': 0.02,
      ' rain': 0.01,
    });
    assert.deepEqual(texts(chooseEscapes(token, 5)), [' rain']);
    assert.deepEqual(chooseEscapes({ ...token, previous: '' }, 5), []);
  });

  it('are plausible, distinct and no more than wanted, whatever the list', () => {
    const word = fc.constantFrom(
      ' a',
      ' A',
      ' rain',
      ' rains',
      '“',
      '\n',
      '.',
      ' 7',
      'ing',
      '\uFFFD',
      '',
    );
    const list = fc.dictionary(word, fc.double({ min: 1e-9, max: 0.1, noNaN: true }), {
      maxKeys: 9,
    });
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 6 }), (others, n) => {
        const token = at(' won', 0.9, others);
        const chosen = chooseEscapes(token, n);
        assert.ok(chosen.length <= n);
        const words = chosen.map(({ text }) => text.trim().toLowerCase()).filter(Boolean);
        assert.equal(new Set(words).size, words.length);
        for (const { logprob } of chosen) {
          assert.ok(Math.exp(logprob) >= PLAUSIBLE * 0.1 - 1e-12);
        }
      }),
    );
  });

  it('measure unlikeness by class and letters', () => {
    assert.equal(unlikeness(' rain', ' rain'), 0);
    assert.ok(unlikeness(' rain', ' rains') < unlikeness(' rain', ' wolf'));
    assert.ok(unlikeness(' rain', ' wolf') < unlikeness(' rain', '\n'));
    assert.equal(unlikeness(' rain', '“'), 1);
  });
});

describe('stuck places', () => {
  const parts: Part[] = [
    [' The', 0.5],
    [' lan', 0.995],
    ['tern', 0.999],
    [' upon', 0.999],
    [' glass', 0.999],
  ];
  const tokens = tokensOf(parts);
  const text = parts.map(([part]) => part).join('');
  const openness = (_: string, next = '') => ({ entropy: next === ' upon' ? 1 : 6, rank: null });

  it('are certain and open: not inside a word, nor in a fixed expression', () => {
    const subject = { text, tokens, openness };
    assert.equal(firstStuckPlace(subject)?.index, 1);
    assert.equal(firstStuckPlace(subject, ' The l'.length)?.index, 4);
    assert.equal(firstStuckPlace({ ...subject, tokens: tokens.slice(0, 1) }), undefined);
  });

  it('are wherever a word may begin where there is no yardstick', () => {
    const [, lan, tern, upon] = tokens;
    assert.ok(lan && tern && upon);
    assert.equal(isOpenPlace({ text }, lan), true);
    assert.equal(isOpenPlace({ text }, tern), false);
    assert.equal(isOpenPlace({ text }, upon), true);
    assert.equal(isOpenPlace({ text, openness }, upon), false);
  });
});

describe('landmarks', () => {
  it('are forks under .7, or where two are close', () => {
    assert.equal(isFork(at(' x', 0.69, {})), true);
    assert.equal(isFork(at(' x', 0.71, { ' y': 0.2 })), false);
    assert.equal(isFork(at(' x', 0.71, { ' y': 0.25 })), true);
    assert.equal(isFork({ logprob: null, alternatives: [] }), false);
    // A server that leaves the emitted token off the list changes nothing.
    const bare = { logprob: Math.log(0.71), alternatives: [{ logprob: Math.log(0.25) }] };
    assert.equal(isFork(bare), true);
  });

  it('are unlikely under .01', () => {
    assert.deepEqual(
      [0.009, 0.011].map((p) => isUncertain({ logprob: Math.log(p) })),
      [true, false],
    );
  });

  it('are gone to from either side, and never stay', () => {
    assert.equal(nextPlace([2, 5, 9], 5, 'next'), 9);
    assert.equal(nextPlace([2, 5, 9], 5, 'previous'), 2);
    assert.equal(nextPlace([2, 5, 9], 9, 'next'), undefined);
    assert.equal(nextPlace([2, 5, 9], 2, 'previous'), undefined);
  });
});
