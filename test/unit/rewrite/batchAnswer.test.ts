import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemsIn } from '../../../src/core/rewrite/batchAnswer';

const SOURCE = 'It rained on the harbour all day.';
const [A, B, C] = [
  'Rain, since dawn.',
  '“No boats,” she said.\n\nIt poured.',
  'The slip was wet.',
] as const;
const texts = (answer: string, isWhole = true) =>
  itemsIn(answer, SOURCE, isWhole).map(({ text }) => text);
const shares = (answer: string) =>
  itemsIn(answer, SOURCE, true).map(({ probability }) => probability);

describe('the versions in an answer that was to hold several', () => {
  const forms: [what: string, answer: string][] = [
    [
      'tags',
      `<rewrite probability="0.07">\n${A}\n</rewrite>\n<rewrite probability="0.05">${B}</rewrite>\n` +
        `<rewrite probability="0.02">${C}</rewrite>`,
    ],
    [
      'tags within tags',
      [
        [A, '0.07'],
        [B, '0.05'],
        [C, '2%'],
      ]
        .map(
          ([text, p]) => `<response><text>${text}</text><probability>${p}</probability></response>`,
        )
        .join('\n'),
    ],
    [
      'JSON',
      JSON.stringify([
        { text: A, probability: 0.07 },
        { text: B, probability: '0.05' },
        { text: C, probability: 0.02 },
      ]),
    ],
    [
      'JSON in an object, in a fence, after talk',
      `Here you are:\n\`\`\`json\n${JSON.stringify({
        responses: [
          { text: A, probability: 0.07 },
          { text: B, probability: 0.05 },
          { text: C, probability: 0.02 },
        ],
      })}\n\`\`\``,
    ],
    [
      'JSON with real line ends and bare quotes',
      `[{"text": "${A}", "probability": 0.07},\n {"text": "${B.replaceAll(/[“”]/gu, '"')}", "probability": 0.05},\n` +
        ` {"text": "${C}", "probability": 0.02},]`,
    ],
    ['headings', `Version 1 (0.07):\n${A}\n\nVersion 2 (0.05):\n${B}\n\nVersion 3 (0.02):\n${C}`],
    [
      'a numbered list',
      `1. ${A}\n(probability: 0.07)\n\n2. ${B}\n(probability: 0.05)\n\n3. ${C}\n(probability: 0.02)`,
    ],
  ];
  for (const [what, answer] of forms) {
    it(`as ${what}`, () => {
      const plain = (text: string) => text.replaceAll(/[“”]/gu, '"');
      assert.deepEqual(texts(answer).map(plain), [A, B, C].map(plain));
      assert.deepEqual(shares(answer), [0.07, 0.05, 0.02]);
    });
  }

  it('fewer than were asked for are those that are there', () => {
    assert.deepEqual(texts(`<rewrite>${A}</rewrite>`), [A]);
  });

  it('one five times is one', () => {
    assert.deepEqual(texts(`<rewrite>${A}</rewrite>`.repeat(5)), [A]);
  });

  it('an answer that is one version is that version', () => {
    assert.deepEqual(texts(A), [A]);
    assert.deepEqual(texts(`Here is a rewrite:\n\n${A}`), [A]);
  });

  it('an array of strings, and escapes', () => {
    assert.deepEqual(texts(JSON.stringify([A, 'Two\nlines “so”.'])), [A, 'Two\nlines “so”.']);
    assert.deepEqual(texts('{"text": "A \\"b\\"\\nc\\u0041", }'), ['A "b"\ncA']);
  });

  it('thinking aloud holds none', () => {
    assert.deepEqual(texts(`<think><rewrite>no</rewrite></think>\n<rewrite>${A}</rewrite>`), [A]);
  });

  it('an answer that breaks off marks the version it breaks off in', () => {
    const cut = (answer: string, isWhole: boolean) =>
      itemsIn(answer, SOURCE, isWhole).map((item) => item.cut);
    assert.deepEqual(cut(`<rewrite>${A}</rewrite><rewrite>${B.slice(0, 9)}`, false), [false, true]);
    assert.deepEqual(
      cut(`[{"text": "${A}", "probability": 0.1}, {"text": "${C.slice(0, 8)}`, false),
      [false, true],
    );
  });

  it('prose with a number at the beginning of a line is no list', () => {
    const prose = 'They sold\n3. Class tickets only, that year.';
    assert.deepEqual(texts(prose), [prose]);
  });

  it('nothing makes it throw, and no version is empty', () => {
    const pieces = fc.constantFrom(
      '<rewrite',
      '>',
      '</rewrite>',
      '{"text": "',
      '"}',
      '[',
      ']',
      '1. ',
      '\n',
      'rain',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), fc.boolean(), (parts, isWhole) => {
        assert.ok(itemsIn(parts.join(''), SOURCE, isWhole).every(({ text }) => text.trim() !== ''));
      }),
    );
  });
});
