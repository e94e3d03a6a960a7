import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { verseScores } from '../../../src/core/collapse/verseScores';
import { rhymeAsked } from '../../../src/core/verse/asked';
import { endWord, pairScore } from '../../../src/core/verse/pairFeatures';
import { Pronouncer } from '../../../src/core/verse/pronouncer';
import { readPronunciations } from '../../../src/core/verse/pronunciationFile';
import { PAIR_WEIGHTS } from '../../../src/core/verse/rhymeWeights';
import { looksLikeVerse, verseLines } from '../../../src/core/verse/verseLines';

const bytes = readFileSync(new URL('../../../media/pronunciations.bin', import.meta.url));
const pronouncer = new Pronouncer(readPronunciations(bytes));
const check = (text: string, instruction = '', before = '') =>
  verseScores({ text, instruction, before }, pronouncer, 'english');
const codes = (text: string, instruction?: string, before?: string) =>
  check(text, instruction, before).flags.map(({ code }) => code);
const rhymes = (a: string, b: string) =>
  pairScore(endWord(a, pronouncer.sounds(a)), endWord(b, pronouncer.sounds(b)), PAIR_WEIGHTS) > 0;

const RHYMED = `The morning comes across the hill
And finds the water lying still,
The herons standing in the reeds,
The garden gone to grass and weeds.

I walked along the broken wall
And heard the early thrushes call,
And nothing there had changed at all
Between the summer and the fall.`;
const FREE = `The bus is late again and nobody minds,
a woman counts oranges into a paper bag,
somewhere a radio says the war is over
and then corrects itself.
I have your letter in my coat
and have not opened it.`;
const COUPLETS = `In halls of stone where older tales are told,
A captain's heart beats on with courage bold.
By candle light his road is plainly shown,
Through fields of doubt where bitter seeds were sown.
He does not turn, he does not count the cost,
For every step he won, a friend was lost.
The river bends, the morning cannot wait,
And no one comes to meet him at the gate.`;
const NO_RHYME = 'Write a poem that does NOT rhyme.';

describe('how words sound', () => {
  for (const [a, b] of [
    ['light', 'night'],
    ['measure', 'pleasure'],
    ['love', 'move'],
    ["heav'n", 'seven'],
    ["o'er", 'more'],
    ['doth', 'moth'],
    ["embrac'd", 'haste'],
    ['flibbering', 'gibbering'],
    ['moonlight', 'delight'],
  ] as const) {
    it(`${a} rhymes with ${b}`, () => assert.ok(rhymes(a, b)));
  }
  for (const [a, b] of [
    ['light', 'moon'],
    ['table', 'water'],
    ['stone', 'green'],
  ] as const) {
    it(`${a} does not rhyme with ${b}`, () => assert.ok(!rhymes(a, b)));
  }
  it('counts syllables', () => {
    assert.equal(pronouncer.stress('liberty').length, 3);
    assert.equal(pronouncer.stress('walketh').length, 2);
  });
  it('refuses a file that is not one, or cut short', () => {
    assert.throws(() => readPronunciations(new Uint8Array([1, 2, 3])));
    assert.throws(() => readPronunciations(bytes.subarray(0, bytes.length - 1000)));
  });
});

describe('what an instruction asks', () => {
  const wanted = {
    'Write a poem that does NOT rhyme.': 'no',
    "Please don't make it rhyme": 'no',
    'Write an unrhymed poem.': 'no',
    'In the style of Walt Whitman': 'no',
    'A poem in rhyme, not free verse': 'yes',
    'Write a poem that rhymes.': 'yes',
    'An ryhmed poem': 'yes',
    'A limerick': 'yes',
    'Write a poem.': 'unsaid',
  };
  for (const [instruction, asked] of Object.entries(wanted)) {
    it(`${instruction}: ${asked}`, () => assert.equal(rhymeAsked(instruction), asked));
  }
});

/** Breaks a text into lines where they are full. */
function wrapped(text: string, width: number): string {
  return text
    .split(' ')
    .reduce((lines, word) => {
      const line = lines.slice(lines.lastIndexOf('\n') + 1);
      return `${lines}${line.length + 1 + word.length > width ? '\n' : ' '}${word}`;
    })
    .trim();
}

describe('lines of a text', () => {
  for (const [line, last] of [
    ["and long before he ’gan to lower o'er,", "o'er"],
    ["they saw the ships' ", 'ships'],
    ['he said: “I don’t.”', 'don’t'],
    ['a cup in the café!', 'café'],
    ['the naïve', 'naïve'],
    ["'Tis", 'Tis'],
    ['Слово о полку', 'полку'],
    ['in 1914.', 'in'],
    ['1914.', undefined],
  ] as const) {
    it(`the last word of ${line} is ${last ?? 'none'}`, () => {
      const span = verseLines(line)[0]?.last;
      assert.equal(span && line.slice(span.start, span.end), last);
    });
  }

  it('are no verse where they are broken because they are full', () => {
    const prose = wrapped(`${FREE.replaceAll('\n', ' ')} `.repeat(4), 60);
    assert.ok(!looksLikeVerse(prose) && looksLikeVerse(FREE) && looksLikeVerse(RHYMED));
    // In strict metre lines are as even, and begin with capitals.
    assert.ok(looksLikeVerse(COUPLETS));
    // Even where the line ends happen to rhyme.
    const even = (start: string) =>
      ['night', 'light', 'sight', 'fight', 'might', 'right', 'tight', 'fight']
        .map((end) => `${start} was quite plain that the sun shone at ${end}`)
        .join('\n');
    assert.ok(check(even('It'), NO_RHYME).rhyme.rhymed);
    assert.ok(!check(even('it'), NO_RHYME).rhyme.rhymed);
  });
});

describe('verse of a text', () => {
  it('numbers rhyme sounds over the lines that are not blank', () => {
    const { rhyme } = check(RHYMED);
    assert.deepEqual(rhyme.scheme, [1, 1, 2, 2, 3, 3, 3, 3]);
    assert.ok(rhyme.rhymed);
    assert.ok(rhyme.pairs.every(([i, j]) => i < j && j - i <= 4));
    assert.equal(rhyme.pairs.length, 8);
  });
  it('free verse does not rhyme', () => assert.ok(!check(FREE, NO_RHYME).rhyme.rhymed));
  it('rhyme is forced when told not to, and not when asked or nothing is said', () => {
    assert.ok(codes(RHYMED, NO_RHYME).includes('forced-rhyme'));
    assert.ok(!codes(RHYMED, 'Write a poem that rhymes.').includes('forced-rhyme'));
    assert.ok(!codes(RHYMED).includes('forced-rhyme'));
  });
  it('rhyme is forced after a passage without, and not after one with it', () => {
    assert.ok(codes(RHYMED, '', FREE).includes('forced-rhyme'));
    assert.ok(!codes(RHYMED, '', RHYMED).includes('forced-rhyme'));
  });
  it('names hackneyed pairs, with the line they answer', () => {
    const text =
      'I dreamed of you by candle light\nAnd held you all the lonely night,\nMy darling and my only love,\nAs gentle as the stars above.';
    const found = check(text).flags.filter(({ code }) => code === 'hackneyed-rhyme');
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ['night', 'above'],
    );
    assert.deepEqual(
      found[0]?.related?.map(({ start, end }) => text.slice(start, end)),
      ['light'],
    );
  });
  it('a text in another language gets no flags', () => {
    const found = verseScores({ text: RHYMED, instruction: NO_RHYME }, pronouncer, 'other');
    assert.deepEqual(found.flags, []);
  });
  it('lists and dialogue are no verse', () => {
    const list = '- eggs\n- bread\n- milk\n- tea\n\n'.repeat(5);
    const talk = '“Where were you?”\n“Out.”\n“Out where?”\n“Nowhere.”\n\n'.repeat(5);
    assert.deepEqual(
      [...codes(list), ...codes(talk)].filter((code) => code === 'stanza-lock'),
      [],
    );
  });
  it('says something of every text, with ranges inside it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\n',
        '\n\n',
        ' night\n',
        ' light\n',
        '光\n',
        'é́',
        '\ud800',
        "o'er",
        '---',
        '"',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { flags, rhyme, scores } = check(text, NO_RHYME);
        const lines = text
          .split('\n')
          .filter((line) =>
            Array.from(line).some((unit) => unit > ' ' && !/[\u00a0\u3000\ufeff]/.test(unit)),
          );
        assert.equal(rhyme.scheme.length, lines.length);
        assert.ok(flags.every(({ start, end }) => start >= 0 && start < end && end <= text.length));
        assert.ok(Object.values(scores).every((score) => score >= 0 && score <= 1));
        assert.ok(rhyme.pairs.every(([i, j]) => rhyme.scheme[i] === rhyme.scheme[j]));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
