import assert from 'node:assert/strict';
import { applyLabels } from '../../../src/core/diversity/applyLabels';
import { ideaLine } from '../../../src/core/diversity/ideaLine';

const english = (message: string, ...values: (string | number)[]) =>
  message.replace(/\{(\d)\}/gu, (_, i: string) => String(values[Number(i)]));
const mode = (label: string, ...members: string[]) => ({ label, size: members.length, members });
const leaves = mode('she leaves', 'a', 'b', 'c', 'd');
const calls = mode('he calls', 'e');

describe('The line over a batch', () => {
  it('names the ideas and how often each came', () => {
    assert.equal(
      ideaLine([leaves, calls], english),
      'about 2 ideas: *she leaves* ×4 · *he calls* ×1',
    );
    assert.equal(ideaLine([leaves], english), 'about 1 idea: *she leaves* ×4');
    assert.equal(ideaLine([], english), '');
  });

  it('counts the ideas it does not name', () => {
    const many = ['p', 'q', 'r', 's', 't', 'u'].map((label) => mode(label, label));
    assert.equal(
      ideaLine(many, english),
      'about 6 ideas: *p* ×1 · *q* ×1 · *r* ×1 · *s* ×1 · 2 more',
    );
  });

  it('keeps the marks of a label from being Markdown', () => {
    assert.ok(ideaLine([mode('a*[b](c)', 'a')], english).includes('*a\\*\\[b\\]\\(c\\)* ×1'));
  });

  it('is worded by the translation', () => {
    const swapped = (message: string, ...values: (string | number)[]) =>
      message.startsWith('about') ? `etwa ${values[0]}` : message;
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
