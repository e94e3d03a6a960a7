import assert from 'node:assert/strict';
import { inEnglish, type Translate } from '../../../src/core/collapse/translate';
import { applyLabels } from '../../../src/core/diversity/applyLabels';
import { ideaLine } from '../../../src/core/diversity/ideaLine';

const mode = (label: string, ...members: string[]) => ({ label, size: members.length, members });
const leaves = mode('she leaves', 'a', 'b', 'c', 'd');
const calls = mode('he calls', 'e');

describe('The line over a batch', () => {
  it('names the ideas and how often each came', () => {
    assert.equal(
      ideaLine([leaves, calls], inEnglish),
      'about 2 ideas: she leaves ×4 · he calls ×1',
    );
    assert.equal(ideaLine([leaves], inEnglish), 'about 1 idea: she leaves ×4');
    assert.equal(ideaLine([], inEnglish), '');
  });

  it('counts the ideas it does not name', () => {
    const many = ['p', 'q', 'r', 's', 't', 'u'].map((label) => mode(label, label));
    assert.equal(ideaLine(many, inEnglish), 'about 6 ideas: p ×1 · q ×1 · r ×1 · s ×1 · 2 more');
  });

  it('is worded by the translation', () => {
    const swapped: Translate = (message, args) =>
      message.startsWith('about') ? `etwa ${args?.['count']}` : message;
    assert.equal(ideaLine([leaves, calls], swapped), 'etwa 2');
  });
});

describe('Labels given by hand', () => {
  it('merge modes', () => {
    const merged = applyLabels([leaves, calls], new Map([['e', 'she leaves']]));
    assert.deepEqual(merged, [mode('she leaves', 'a', 'b', 'c', 'd', 'e')]);
  });

  it('split a mode', () => {
    const labels = new Map(['c', 'd'].map((member) => [member, 'she waits']));
    assert.deepEqual(applyLabels([leaves, calls], labels), [
      mode('she leaves', 'a', 'b'),
      mode('she waits', 'c', 'd'),
      calls,
    ]);
  });

  it('of texts that are not there change nothing', () => {
    assert.deepEqual(applyLabels([leaves, calls], new Map([['x', 'gone']])), [leaves, calls]);
  });
});
