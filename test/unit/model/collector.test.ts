import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Collector } from '../../../src/core/model/collector';
import type { Token } from '../../../src/core/model/token';
import { tokensOf } from '../../fixtures/scriptedModel';

const token = (start: number, end: number): Token => ({
  start,
  end,
  logprob: -1,
  alternatives: [],
  tail: null,
});

describe('collector: what came of each branch', () => {
  it('joins deltas and their tokens', () => {
    const collector = new Collector(2);
    collector.add({ branch: 1, kind: 'delta', text: 'ab', tokens: tokensOf([['ab', 0.5]]) });
    collector.add({ branch: 1, kind: 'delta', text: 'c', tokens: tokensOf([['c', 0.5]], 2) });
    collector.add({ branch: 1, kind: 'end', finish: 'stop' });
    const [first, second] = collector.branches;
    assert.equal(second?.text, 'abc');
    assert.deepEqual(
      second.tokens.map(({ start, end }) => [start, end]),
      [
        [0, 2],
        [2, 3],
      ],
    );
    assert.equal(second.status, 'done');
    assert.equal(first?.status, 'streaming');
  });

  it('marks text without tokens as unsupported, and what tokens leave out as a gap', () => {
    const collector = new Collector(1);
    collector.add({ branch: 0, kind: 'delta', text: 'plain' });
    collector.add({ branch: 0, kind: 'delta', text: 'abcd', tokens: [token(6, 8)] });
    assert.deepEqual(
      collector.branches[0]?.tokens.map(({ start, end, missing }) => [start, end, missing]),
      [
        [0, 5, 'unsupported'],
        [5, 6, 'gap'],
        [6, 8, undefined],
        [8, 9, 'gap'],
      ],
    );
  });

  it('tiles the text whatever tokens a model sends', () => {
    const delta = fc.record({
      text: fc.string({ maxLength: 6 }),
      tokens: fc.array(
        fc.tuple(fc.integer({ min: -2, max: 30 }), fc.integer({ min: -2, max: 30 })),
      ),
    });
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 6 }), (deltas) => {
        const collector = new Collector(1);
        for (const { text, tokens } of deltas) {
          collector.add({
            branch: 0,
            kind: 'delta',
            text,
            tokens: tokens.map(([start, end]) => token(start, end)),
          });
        }
        let at = 0;
        for (const { start, end } of collector.branches[0]?.tokens ?? []) {
          assert.equal(start, at);
          assert.ok(end >= start);
          at = end;
        }
        assert.equal(at, collector.branches[0]?.text.length);
      }),
    );
  });

  it('takes nothing for a branch that has ended or never was', () => {
    const collector = new Collector(1);
    collector.add({ branch: 0, kind: 'end', finish: 'length' });
    assert.deepEqual(collector.add({ branch: 0, kind: 'delta', text: 'late' }), []);
    assert.deepEqual(collector.add({ branch: 7, kind: 'delta', text: 'whose?' }), []);
    assert.equal(collector.branches[0]?.text, '');
  });

  it('ends what a stream left open, as stopped or as failed', () => {
    const stopped = new Collector(2);
    stopped.add({ branch: 0, kind: 'end', finish: 'stop' });
    assert.deepEqual(
      stopped.close({ cancelled: true }).map(({ index, status }) => [index, status]),
      [[1, 'stopped']],
    );
    const failed = new Collector(1);
    const [branch] = failed.close({ error: new Error('boom') });
    assert.equal(branch?.status, 'failed');
    assert.match(branch.error?.message ?? '', /boom/);
  });
});
