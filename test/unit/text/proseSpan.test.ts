import assert from 'node:assert/strict';
import { proseIn, sentenceAt } from '../../../src/core/text/proseSpan';

/** The text with its place marked by `|`. */
function at(marked: string): string | undefined {
  const place = marked.indexOf('|');
  const text = marked.replace('|', '');
  const span = sentenceAt(text, place);
  return span && text.slice(span.start, span.end);
}

describe('the sentence at a place', () => {
  it('is the one that holds it', () => {
    assert.equal(at('It rained. She |left. He stayed.'), 'She left.');
    assert.equal(at('|It rained. She left.'), 'It rained.');
  });

  it('is the one that begins where two meet, and the one before at the space between them', () => {
    assert.equal(at('It rained. |She left.'), 'She left.');
    assert.equal(at('It rained.| She left.'), 'It rained.');
  });

  it('is the last one at the end of a paragraph, and on the blank line below it', () => {
    assert.equal(at('It rained. She left.|'), 'She left.');
    assert.equal(at('It rained. She left.\n|\nNext day.'), 'She left.');
    assert.equal(at('It rained. She left.\n\n\n|\nNext day.'), 'She left.');
    assert.equal(at('It rained.\n\n|Next day. Sun.'), 'Next day.');
  });

  it('is one with its speech tag, in any script', () => {
    assert.equal(at('Wait. “Go!” |she said. He went.'), '“Go!” she said.');
    assert.equal(at('雨が降った。彼女は|去った。'), '彼女は去った。');
  });

  it('is without the mark of a heading, a quote or an item', () => {
    assert.equal(at('# The |ferry'), 'The ferry');
    assert.equal(at('> It |rained.'), 'It rained.');
    assert.equal(at('- [ ] call |Ida'), 'call Ida');
    assert.equal(at('Intro.\n\n3. thi|rd'), 'third');
  });

  it('is the first one where nothing stands before the place, and none in an empty text', () => {
    assert.equal(at('\n|\n\nIt rained.'), 'It rained.');
    assert.equal(at('|'), undefined);
    assert.equal(at(' \n | \n'), undefined);
  });
});

describe('the prose of a stretch', () => {
  const of = (text: string, start: number, end: number) => {
    const span = proseIn(text, { start, end });
    return text.slice(span.start, span.end);
  };

  it('leaves the white space around it where it is', () => {
    assert.equal(of('One.  Two. \n\nThree.', 4, 13), 'Two.');
  });

  it('keeps marks that are not at the beginning of a line, or of several lines', () => {
    assert.equal(of('a - b', 2, 5), '- b');
    assert.equal(of('- a\n- b', 0, 7), '- a\n- b');
  });

  it('is empty where there is nothing but space and marks', () => {
    assert.equal(of('a  \n b', 1, 5), '');
  });
});
