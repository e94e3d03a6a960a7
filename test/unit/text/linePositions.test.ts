import assert from 'node:assert/strict';
import { LinePositions } from '../../../src/core/text/linePositions';

describe('line positions', () => {
  it('counts from 1, whatever the line ends', () => {
    const text = 'ab\ncd\r\n\rx';
    const positions = new LinePositions(text);
    const at = (offset: number) => {
      const { line, column } = positions.at(offset);
      return `${line}:${column}`;
    };
    assert.deepEqual([0, 2, 3, 5, 6, 7, 8, 9].map(at), [
      '1:1',
      '1:3',
      '2:1',
      '2:3',
      '2:4',
      '3:1',
      '4:1',
      '4:2',
    ]);
  });

  it('has one line in an empty text', () => {
    assert.deepEqual(new LinePositions('').at(0), { line: 1, column: 1 });
  });
});
