import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineEndMap, withLf } from '../../../src/core/text/lineEnds';
import { cutPassage, leadOf } from '../../../src/core/text/passage';

describe('line ends', () => {
  it('map spans of the LF text back to the text as given', () => {
    const text = fc
      .array(fc.constantFrom('\r\n', '\n', '\r', 'a', 'é', '👩'))
      .map((a) => a.join(''));
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (given, a, b) => {
        const lf = withLf(given);
        const map = new LineEndMap(given);
        const [start, end] = [a % (lf.length + 1), b % (lf.length + 1)].sort((x, y) => x - y);
        const span = map.spanToOriginal({ start: start ?? 0, end: end ?? 0 });
        assert.equal(withLf(given.slice(span.start, span.end)), lf.slice(start, end));
        assert.equal(map.toOriginal(lf.length), given.length);
      }),
    );
  });
});

describe('the passage around a place', () => {
  const text = `${'word '.repeat(20)}\n\n${'more '.repeat(20)}HERE after`;
  const at = text.indexOf('HERE');

  it('is everything when there is room', () => {
    assert.deepEqual(cutPassage(text, at), { before: text.slice(0, at), after: 'HERE after' });
  });
  it('begins at a paragraph where one is near', () => {
    const { before } = cutPassage(text, at, { before: 103, after: 4 });
    assert.equal(before, 'more '.repeat(20));
  });
  it('is cut to its budget otherwise', () => {
    assert.deepEqual(cutPassage(text, at, { before: 5, after: 4 }), {
      before: 'more ',
      after: 'HERE',
    });
  });
  it('never splits a character', () => {
    const emoji = '👩'.repeat(10);
    const { before, after } = cutPassage(emoji, 10, { before: 3, after: 3 });
    assert.equal(before, '👩');
    assert.equal(after, '👩👩');
  });
  it('is empty around an empty draft', () => {
    assert.deepEqual(cutPassage('', 0), { before: '', after: '' });
  });
});

describe('the lead', () => {
  it('is the last words on one line', () => {
    assert.equal(leadOf('One two\n\nthree four ', 3), '…two three four');
    assert.equal(leadOf('One two', 3), 'One two');
    assert.equal(leadOf(''), '');
  });
});
