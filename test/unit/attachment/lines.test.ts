import assert from 'node:assert/strict';
import { fromLf, toLf } from '../../../src/core/attachment/lineEnds';
import { withLf } from '../../../src/core/text/lineEnds';
import { NONE_TYPED } from '../../../src/core/attachment/typed';
import { LineIndex } from '../../../src/core/attachment/lineIndex';

describe('attachment: lines', () => {
  const text = 'one\n\ntwo\nthree';
  const lines = LineIndex.of(text);

  it('turns offsets into line and column and back', () => {
    assert.equal(lines.count, 4);
    const at = (offset: number) => {
      const { line, character } = lines.position(offset);
      return [line, character];
    };
    assert.deepEqual([0, 3, 4, 5, 8, 9, 14].map(at), [
      [0, 0],
      [0, 3],
      [1, 0],
      [2, 0],
      [2, 3],
      [3, 0],
      [3, 5],
    ]);
    for (let offset = 0; offset <= text.length; offset++) {
      assert.equal(lines.offset(lines.position(offset)), offset);
    }
    assert.equal(lines.offset({ line: 99, character: 5 }), text.length);
    assert.equal(LineIndex.of('').count, 1);
  });

  it('follows swaps that take and bring line breaks', () => {
    const run = (s: string) => ({ text: s, attachments: [], typed: NONE_TYPED });
    const swaps = [
      { start: 1, end: 4, run: run('\n\n') },
      { start: 8, end: 9, run: run('') },
      { start: 14, end: 14, run: run('\n') },
    ];
    assert.deepEqual(lines.after(swaps), LineIndex.of('o\n\n\ntwothree\n'));
  });

  it('maps offsets of the document in its own line ends', () => {
    const crlf = text.replaceAll('\n', '\r\n');
    const change = (part: string, startLine: number, endLine: number) => ({
      rangeOffset: crlf.indexOf(part),
      rangeLength: part.length,
      startLine,
      endLine,
      text: 'x\r\ny\rz\n',
    });
    const lf = toLf(change('two\r\nth', 2, 3), '\r\n');
    assert.deepEqual(lf, { start: 5, end: 11, text: 'x\ny\nz\n' });
    assert.equal(text.slice(lf.start, lf.end), 'two\nth');
    assert.deepEqual(toLf({ ...change('one', 0, 0), rangeOffset: 7 }, '\n').start, 7);
    assert.equal(fromLf(9, lines, '\r\n'), crlf.indexOf('three'));
    assert.equal(fromLf(9, lines, '\n'), 9);
    assert.equal(withLf('a\r\nb\rc\nd'), 'a\nb\nc\nd');
  });
});
