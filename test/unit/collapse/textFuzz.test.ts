import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePhraseList } from '../../../src/core/collapse/phraseList';
import { VariorumError } from '../../../src/core/model/error';
import { CANNED, check, fiction } from './textHelpers';

function assertSound(text: string, before?: string): void {
  const { flags, scores } = check({ text, ...(before !== undefined && { before }) });
  for (const flag of flags) {
    assert.ok(
      flag.start >= 0 && flag.start < flag.end && flag.end <= text.length,
      JSON.stringify(flag),
    );
    assert.ok(flag.score >= 0 && flag.score <= 1, JSON.stringify(flag));
  }
  flags.slice(1).forEach(({ start }, i) => assert.ok(start >= (flags[i]?.start ?? 0)));
  for (const score of Object.values(scores)) {
    assert.ok(score >= 0 && score <= 1);
  }
}

/** Pieces that detectors look for, broken characters and markup, in any order. */
const piece = fc.constantFrom(
  ...CANNED.split(' '),
  'not',
  'but',
  "wasn't",
  'it was',
  ', and',
  'of x and y',
  'No',
  '\n',
  '\n\n',
  '. ',
  '* * *',
  'The End',
  'In conclusion',
  'learned that',
  'a reminder that',
  'up to you',
  '\uFFFD',
  '\uD83D',
  '\uDE42',
  '🙂',
  'e\u0301',
  '中文',
  'שלום',
  'а',
  '\u0000',
  '—',
);

describe('detectors on any text', () => {
  it('give valid ranges and scores on random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => assertSound(text, text)),
      { seed: 3, numRuns: 300 },
    );
  });

  it('give valid ranges and scores on text made of what they look for', () => {
    const text = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(' '));
    fc.assert(fc.property(text, text, assertSound), { seed: 4, numRuns: 400 });
  });

  it('take empty text, white space, one line and lone halves of characters', () => {
    for (const text of ['', ' ', '\n\n\n', 'one', '\uD83D', '\uDE42'.repeat(100), '\u0301', '"']) {
      assertSound(text);
      assertSound(text, '');
    }
  });

  it('find the same in a text wherever it stands', () => {
    const { flags } = check({ text: CANNED });
    const shift = 'She sat.\n\n'.length;
    const moved = check({ text: `She sat.\n\n${CANNED}` }).flags;
    const strong = (list: typeof flags) =>
      list.filter(({ evidence }) => 'kind' in evidence && evidence.kind === 'phrase');
    assert.deepEqual(
      strong(moved).map(({ start }) => start - shift),
      strong(flags).map(({ start }) => start),
    );
  });
});

describe('detectors on adversarial text', () => {
  for (const [name, unit] of [
    ['one word without an end', 'a'],
    ['one accented word without an end', 'é'],
    ['no sentence ends', 'not the wasn’t but and of it was '],
    ['the same phrase without a stop', 'a testament to '],
    ['lessons without a stop', 'learned that love '],
    ['hedges without a stop', 'it is up to you '],
    ['apostrophes', "'"],
    ['full stops', 'a.'],
    ['lines', 'x\n'],
    ['rules', '* * *\n'],
    ['dashes', '-'],
    ['commas', 'x, and '],
    ['list items', '- **a:** b\n\n'],
    ['CJK without spaces', '漢字'],
  ] as const) {
    // What takes quadratic time on a megabyte never ends: the runner gives up on it.
    it(`take a megabyte of ${name}`, () => {
      const text = unit.repeat(Math.ceil(1e6 / unit.length));
      assertSound(text, text.slice(0, 20_000));
    });
  }

  it('take ten megabytes', () => {
    const text = fiction.repeat(Math.ceil(1e7 / fiction.length));
    assertSound(text);
  });
});

describe('lists of phrases, broken in any way', () => {
  it('are read or refused with a message for people', () => {
    const source = fc.oneof(fc.string({ maxLength: 60 }), fc.json({ maxDepth: 2 }));
    fc.assert(
      fc.property(source, fc.constantFrom('a.txt', 'a.json'), (text, name) => {
        try {
          parsePhraseList(name, text);
        } catch (error) {
          assert.ok(error instanceof VariorumError && error.message.includes(name), String(error));
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
