import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wordDiff } from '../../../src/core/rewrite/wordDiff';

const shown = (source: string, rewrite: string) =>
  wordDiff(source, rewrite)
    .map(({ kind, text }) => ({ kept: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind])
    .join('');

describe('what stays, goes and comes, word by word', () => {
  it('a word', () => {
    assert.equal(shown('She ran home.', 'She walked home.'), 'She [-ran-]{+walked+} home.');
  });

  it('several words with space between are one change', () => {
    assert.equal(shown('a big dog sat', 'a small cat sat'), 'a [-big dog-]{+small cat+} sat');
  });

  it('what is only put in or left out', () => {
    assert.equal(shown('It rained.', 'It rained all day.'), 'It rained{+ all day+}.');
    assert.equal(shown('It really rained.', 'It rained.'), 'It [-really -]rained.');
  });

  it('a contraction is a word, ideographs are words', () => {
    assert.equal(shown('I don’t go', 'I won’t go'), 'I [-don’t-]{+won’t+} go');
    assert.equal(shown('雨が降る', '雪が降る'), '[-雨-]{+雪+}が降る');
  });

  it('of the same text all, of nothing nothing', () => {
    assert.equal(shown('Rain.', 'Rain.'), 'Rain.');
    assert.deepEqual(wordDiff('', ''), []);
    assert.equal(shown('', 'Rain.'), '{+Rain.+}');
  });

  it('texts with next to nothing in common are one change, in little time', () => {
    const words = (prefix: string) =>
      Array.from({ length: 6000 }, (_, i) => `${prefix}${i}`).join(' ');
    assert.deepEqual(
      wordDiff(words('a'), words('b')).map(({ kind }) => kind),
      ['removed', 'added'],
    );
  });

  it('pieces join to both texts and lie where they say', () => {
    const text = fc
      .array(
        fc.constantFrom('rain', 'fell', ' ', '  ', '\n\n', ',', '.', '雨', '\ud83e\udd94', '’'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (source, rewrite) => {
        const pieces = wordDiff(source, rewrite);
        const side = (other: string) =>
          pieces.filter(({ kind }) => kind !== other).map((piece) => piece.text);
        assert.equal(side('added').join(''), source);
        assert.equal(side('removed').join(''), rewrite);
        for (const { kind, text: own, in: span } of pieces) {
          const of = kind === 'removed' ? source : rewrite;
          assert.equal(of.slice(span.start, span.end), own);
        }
      }),
    );
  });
});
