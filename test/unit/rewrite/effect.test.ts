import assert from 'node:assert/strict';
import type { Flag } from '../../../src/core/collapse/flag';
import {
  describeEffect,
  describeFault,
  describeLabel,
} from '../../../src/core/rewrite/describeRewrite';
import { measureEffect, type Version } from '../../../src/core/rewrite/effect';
import type { Fault } from '../../../src/core/rewrite/rewriting';
import { PASSAGE, VERSIONS } from '../../fixtures/collapsingServer';

const flag = (code: Flag['code']) =>
  ({ code, start: 0, end: 1, severity: 'note', score: 1 }) as Flag;
const as = (text: string, ...codes: Flag['code'][]): Version => ({ text, flags: codes.map(flag) });
const first = VERSIONS[0] ?? '';

describe('what rewriting came to', () => {
  const effect = measureEffect({
    before: [as(PASSAGE, 'canned-phrase', 'moralising')],
    first: [as(first), as(first.replace('late', 'very late')), as(first.replace('coat', 'scarf'))],
    after: [as(first), as(VERSIONS[1] ?? '', 'echo'), as(VERSIONS[2] ?? '', 'derailed')],
  });

  it('counts modes, effective number, similarity and findings a text', () => {
    assert.deepEqual([effect.before.texts, effect.before.flags], [1, 2]);
    assert.deepEqual([effect.first.modes, effect.after.modes], [1, 3]);
    assert.equal(effect.after.effectiveNumber.toFixed(2), '3.00');
    assert.ok(effect.after.meanSimilarity < effect.first.meanSimilarity);
    assert.equal(effect.after.flags.toFixed(2), '0.67');
    assert.equal(effect.after.derailed, 1);
    assert.deepEqual(effect.modes.flatMap(({ members }) => members).sort(), [0, 1, 2]);
  });

  it('in a line for a writer, and the numbers behind it', () => {
    const { line, details } = describeEffect(effect);
    assert.equal(line, 'about 3 ideas in 3 rewrites; 0.7 findings in each, 2 in the passage');
    assert.equal(details.length, 5);
    assert.match(details.join('\n'), /Had the first candidates been shown: about 1 idea/u);
    assert.match(details.at(-1) ?? '', /1 of 3 have come apart/u);
  });

  it('of nothing is nothing', () => {
    const { after, modes } = measureEffect({ before: [], first: [], after: [] });
    assert.deepEqual([after.texts, after.effectiveNumber, after.flags, modes.length], [0, 0, 0, 0]);
  });

  it('goes through translation, with its slots', () => {
    const said: string[] = [];
    const t = (message: string) => {
      said.push(message);
      return message;
    };
    describeEffect(effect, t);
    describeFault({ kind: 'near', branch: 0, similarity: 1 }, t);
    assert.ok(said.includes('{ideas} in {count}; {flags} in each, {were} in the passage'));
    assert.ok(said.includes('Says much the same as rewrite {number}.'));
  });
});

describe('faults and labels in words', () => {
  const faults: [fault: Fault, words: RegExp][] = [
    [{ kind: 'near', branch: 1, similarity: 0.7 }, /as rewrite 2\./u],
    [{ kind: 'structure', lost: '[…](a.md)' }, /a\.md/u],
    [{ kind: 'refused', text: `I\n\nmust not ${'x'.repeat(100)}` }, /“I must not x+…”$/u],
    [{ kind: 'avoided', phrase: 'a breath' }, /“a breath” again/u],
  ];
  for (const [fault, words] of faults) {
    it(fault.kind, () => assert.match(describeFault(fault), words));
  }

  it('labels name what is gone, and findings in the reader’s words', () => {
    assert.equal(
      describeLabel({ kind: 'lost', what: 'name', text: 'Jonas' }),
      'The name Jonas is gone.',
    );
    const label = { kind: 'worse-flags', code: 'echo', before: 0, after: 2 } as const;
    assert.equal(
      describeLabel(label, undefined, () => 'echoes'),
      'More echoes than in the passage: 2 instead of 0.',
    );
  });
});
