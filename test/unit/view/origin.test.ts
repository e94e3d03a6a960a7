import assert from 'node:assert/strict';
import type { ForkView } from '../../../src/protocol';
import { originWords } from '../../../src/view/dom/origin';

const percent = (p: number) => `${Math.round(100 * p)}%`;
const fork: ForkView = {
  kind: 'opening',
  from: null,
  text: ' he',
  instead: ' she',
  logprob: Math.log(0.03),
  told: false,
};

describe('view: how a branch was made to begin', () => {
  it('says the word it begins with and how probable that was', () => {
    assert.equal(originWords(fork, percent), 'begins with “he” (p = 3%)');
  });

  it('says what a picked word took the place of, and from where', () => {
    const words = originWords({ ...fork, kind: 'picked', from: 1 }, percent);
    assert.equal(words, '“he” 3% in place of “she” · from branch 2');
  });
});
