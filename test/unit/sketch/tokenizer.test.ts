import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alignStart, Tokenizer, UNSETTLED } from '../../../src/core/model/sketch/tokenizer';
import { anyText } from './helpers';

const tokenizer = new Tokenizer();

/** Strings in which marks, joiners, spaces and breaks meet often. */
const tricky = fc
  .array(
    fc.constantFrom(
      ...[' ', '  ', '\n', '\n\n', '\r\n', '\t', 'a', 'word', '’', "'", 't', '.', '...', '“', '”'],
      ...['e\u0301', ' \u0301', '👩‍👩‍👧', '👍🏽', '🇫🇷', '1️⃣', '12', ',', '漢', '字', 'กำ', 'के', '\u200d'],
      ...['\ud83d', '\ude00', '\u0600', '-', '--', '—', '*', '#', '_'],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('Sketch: tokens', () => {
  it('joined are the text, whatever it holds', () => {
    const any = fc.oneof(
      anyText,
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
        .map((codes) => String.fromCharCode(...codes)),
      tricky,
    );
    fc.assert(
      fc.property(any, (text) => {
        const tokens = tokenizer.tokens(text);
        assert.equal(tokens.join(''), text);
        assert.ok(tokens.every((token) => token !== ''));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('never end inside a grapheme', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const any = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), tricky);
    fc.assert(
      fc.property(any, (text) => {
        const borders = new Set([...segmenter.segment(text)].map(({ index }) => index));
        let at = 0;
        for (const token of tokenizer.tokens(text)) {
          assert.ok(borders.has(at), `${JSON.stringify(text)} is cut at ${at}`);
          at += token.length;
        }
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  it('are words with the space before them, marks, breaks', () => {
    const cut = (text: string) => tokenizer.tokens(text);
    assert.deepEqual(cut('She said, “Don’t go.”'), [
      'She',
      ' said',
      ',',
      ' “',
      'Don’t',
      ' go',
      '.',
      '”',
    ]);
    assert.deepEqual(cut('One.\n\nTwo  three\n'), ['One', '.', '\n\n', 'Two', ' ', ' three', '\n']);
    assert.deepEqual(cut('At 3:45, 1,000 well-kept...'), [
      ...['At', ' 3:45', ',', ' 1,000', ' well', '-', 'kept', '...'],
    ]);
    assert.deepEqual(cut('漢字 かな'), ['漢', '字', ' か', 'な']);
    assert.deepEqual(cut('a\ud83d b'), ['a', '\ud83d', ' b']);
  });

  it('stay the same when text is added, but for the last two', () => {
    fc.assert(
      fc.property(tricky, tricky, (first, second) => {
        const settled = tokenizer.tokens(first).slice(0, -UNSETTLED);
        assert.deepEqual(tokenizer.tokens(first + second).slice(0, settled.length), settled);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('begin where a text is cut for reading', () => {
    const text = `${'word '.repeat(20)}end\n\nNew one`;
    for (let from = 0; from < text.length - 10; from++) {
      const start = alignStart(text, from);
      assert.ok(start >= from);
      assert.ok(start === 0 || /^[ \n]/u.test(text.slice(start)), `at ${from}`);
      assert.notEqual(text.slice(start - 1, start + 1), '\n\n');
    }
    assert.equal(alignStart('😀'.repeat(500), 401), 402);
  });
});
