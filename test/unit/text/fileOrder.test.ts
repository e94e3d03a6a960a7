import assert from 'node:assert/strict';
import { fileBefore } from '../../../src/core/text/fileOrder';

describe('the file before', () => {
  const chapters = ['chapter-10.md', 'README.md', 'chapter-2.md', 'outline.md', 'chapter-1.md'];
  it('is the next lower number, counted as people count', () => {
    assert.equal(fileBefore('chapter-10.md', chapters), 'chapter-2.md');
    assert.equal(fileBefore('chapter-2.md', chapters), 'chapter-1.md');
    assert.equal(fileBefore('chapter-1.md', chapters), undefined);
    assert.equal(fileBefore('02 The Harbour.md', ['01 The Ferry.md']), '01 The Ferry.md');
    assert.equal(fileBefore('Part 2.md', ['part 1.md', 'chapter 1.md']), 'part 1.md');
  });
  it('is the one before in the alphabet where nothing is numbered, and never a file about the work', () => {
    assert.equal(fileBefore('c.md', ['a.md', 'b.md', 'c.md', 'd.md']), 'b.md');
    assert.equal(fileBefore('story.md', ['README.md', 'notes.md', 'story.md']), undefined);
    assert.equal(fileBefore('story.md', ['chapter-1.md']), undefined);
  });
  it('has the same extension', () => {
    assert.equal(fileBefore('2.md', ['1.txt', '1.md~', '1.MD']), '1.MD');
    assert.equal(fileBefore('2', ['1', '1.md']), '1');
  });
});
