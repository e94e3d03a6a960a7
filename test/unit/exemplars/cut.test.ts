import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutExemplars, LEAST_EXEMPLAR } from '../../../src/core/exemplars/cut';
import { humanSpans } from '../../../src/core/provenance/humanPassages';
import { fiction } from '../collapse/textHelpers';

const words = (count: number, word = 'word') =>
  `${Array.from({ length: count }, () => word).join(' ')}.`;

/** The cuts of a text that is human but for the stretches of `X`. */
function cuts(text: string): string[] {
  return cutExemplars(text, humanSpans(text, stretchesOf(text))).map(({ start, end }) =>
    text.slice(start, end),
  );
}

describe('Cutting exemplars', () => {
  it('joins paragraphs until there is enough, and keeps them whole', () => {
    const [a, b, c] = [words(70, 'a'), words(70, 'b'), words(130, 'c')];
    assert.deepEqual(cuts([a, b, c].join('\n\n')), [`${a}\n\n${b}`, c]);
  });

  it('never joins over a scene border or what is not human', () => {
    const [a, b] = [words(60, 'a'), words(60, 'b')];
    assert.deepEqual(cuts(`${a}\n\n* * *\n\n${b}`), [a, b]);
    assert.deepEqual(cuts(`# Chapter 1\n\n${a}\n\n# Chapter 2\n\n${b}`), [a, b]);
    assert.deepEqual(cuts(`${a}\n\nXXX\n\n${b}`), [a, b]);
  });

  it('gives what is too short at the end to the one before, else to none', () => {
    const [a, b] = [words(130, 'a'), words(20, 'b')];
    assert.deepEqual(cuts(`${a}\n\n${b}`), [`${a}\n\n${b}`]);
    assert.deepEqual(cuts(`${a}\n\n***\n\n${b}`), [a]);
    assert.deepEqual(cuts(words(LEAST_EXEMPLAR - 1)), []);
    assert.equal(cuts(words(LEAST_EXEMPLAR)).length, 1);
  });

  it('cuts a long paragraph after sentences, and leaves out what has none', () => {
    const long = Array.from({ length: 40 }, (_, i) => words(15, `w${i}`)).join(' ');
    const found = cuts(long);
    assert.ok(found.length > 2 && found.every((text) => text.endsWith('.')));
    assert.deepEqual(cuts(words(5000)), []);
  });

  it('takes lines for paragraphs where no blank line parts them', () => {
    const [a, b] = [words(125, 'a'), words(125, 'b')];
    assert.deepEqual(cuts(`${a}\n${b}`), [a, b]);
  });

  it('gives ascending stretches of human text of a sensible size', () => {
    const piece = fc.oneof(
      fc.integer({ min: 1, max: 400 }).map((count) => words(count)),
      fc.constantFrom('X', '* * *', '', 'XX one two.'),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom('\n', '\n\n', '\n \n'), (list, between) => {
        const text = list.join(between);
        const found = cutExemplars(text, humanSpans(text, stretchesOf(text)));
        let last = 0;
        for (const { start, end, words: count } of found) {
          const own = text.slice(start, end);
          assert.ok(start >= last && own === own.trim() && !own.includes('X'), own.slice(0, 40));
          assert.ok(count >= LEAST_EXEMPLAR && own.split(/\s+/u).length >= count);
          last = end;
        }
      }),
    );
  });

  it('changes only around an edit', () => {
    const at = Math.floor(fiction.length / 2);
    const edited = `${fiction.slice(0, at)} indeed ${fiction.slice(at)}`;
    const before = new Set(cuts(fiction));
    const changed = cuts(edited).filter((text) => !before.has(text));
    assert.ok(changed.length <= 4, String(changed.length));
  });
});

function stretchesOf(text: string) {
  return [...text.matchAll(/X+/gu)].map(({ index, 0: { length } }) => ({
    ...{ start: index, end: index + length, kind: 'unknown' as const },
  }));
}
