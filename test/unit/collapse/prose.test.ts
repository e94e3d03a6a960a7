import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldWord } from '../../../src/core/collapse/fold';
import { foldPhrase, PhraseTrie } from '../../../src/core/collapse/phraseTrie';
import { Gap, Prose } from '../../../src/core/collapse/prose';

function words(text: string): string[] {
  const prose = new Prose(text);
  return Array.from({ length: prose.count }, (_, i) => prose.word(i));
}

function gaps(text: string): number[] {
  return [...new Prose(text).gaps];
}

function found(phrases: readonly string[], text: string): string[] {
  const prose = new Prose(text);
  const hits: string[] = [];
  new PhraseTrie(phrases).scan(prose, (index, first, last) => {
    const { start, end } = prose.span(first, last);
    hits.push(`${phrases[index] ?? '?'}=${text.slice(start, end)}`);
  });
  return hits;
}

describe('words of prose', () => {
  it('keeps apostrophes inside words and leaves quotes, dashes and emoji out', () => {
    assert.deepEqual(words("“Don’t,” she said—‘now’ 🙂 it's *dark*."), [
      'Don’t',
      'she',
      'said',
      'now',
      "it's",
      'dark',
    ]);
  });

  it('cuts words with accents, combining marks and other scripts whole', () => {
    assert.deepEqual(words('cafe\u0301 naïve Москва שלום'), [
      'cafe\u0301',
      'naïve',
      'Москва',
      'שלום',
    ]);
  });

  it('tells commas, wrapped lines, sentences and paragraphs apart', () => {
    assert.deepEqual(gaps('One, two three\nfour. Five.\nSix\n\nseven -- eight… Nine'), [
      Gap.paragraph,
      Gap.comma,
      Gap.space,
      Gap.wrap,
      Gap.sentence,
      Gap.line,
      Gap.paragraph,
      Gap.comma,
      Gap.sentence,
    ]);
  });

  it('does not end a sentence after an abbreviation or an initial', () => {
    assert.deepEqual(gaps('Mr. Smith and J. Doe'), [5, 0, 0, 0, 0]);
  });

  it('gives equal words equal hashes whatever their typography, and unequal ones unequal hashes', () => {
    const prose = new Prose("Don’t don't DON'T café cafe dont");
    const name = (i: number) => `${prose.low[i] ?? ''}:${prose.high[i] ?? ''}`;
    assert.equal(new Set([0, 1, 2].map(name)).size, 1);
    assert.equal(name(3), name(4));
    assert.notEqual(name(0), name(5));
  });

  it('covers text with ordered words and nothing else, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const prose = new Prose(text);
        let end = 0;
        for (let i = 0; i < prose.count; i++) {
          const span = prose.span(i, i);
          assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
          end = span.end;
        }
        assert.equal(
          /[a-z0-9]/iu.test(text),
          words(text).some((word) => /[a-z0-9]/iu.test(word)),
        );
      }),
      { seed: 1 },
    );
  });
});

describe('PhraseTrie', () => {
  it('finds phrases of any length, inside each other too, across commas and wrapped lines', () => {
    assert.deepEqual(
      found(['a testament', 'a testament to', 'to'], 'It was a\ntestament, to it.'),
      ['a testament=a\ntestament', 'a testament to=a\ntestament, to', 'to=to'],
    );
  });

  it('does not cross the end of a sentence or a paragraph', () => {
    assert.deepEqual(found(['deep breath'], 'Too deep. Breath came.\n\ndeep\n\nbreath'), []);
  });

  it('finds what searching folded words finds', () => {
    const word = fc.constantFrom('the', 'a', 'of', 'Dark', 'night', 'café');
    const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(
        fc.array(phrase, { maxLength: 8 }),
        fc.array(word, { maxLength: 40 }),
        (list, text) => {
          const phrases = [...new Set(list.map(foldPhrase))];
          const folded = text.map(foldWord);
          const expected = folded.flatMap((_, at) =>
            phrases.filter((p) => folded.slice(at, at + p.split(' ').length).join(' ') === p),
          );
          const hits = found(phrases, text.join(' ')).map((hit) => hit.split('=')[0] ?? '');
          assert.deepEqual(hits.sort(), expected.sort());
        },
      ),
      { seed: 2 },
    );
  });
});
