import assert from 'node:assert/strict';
import { avoided, faultOf, sameness } from '../../../src/core/rewrite/examine';
import { lostThings } from '../../../src/core/rewrite/lost';
import { lostStructure } from '../../../src/core/rewrite/structure';

const SOURCE =
  'Mara came home late, at 11:40. The kitchen was dark and the table was laid for two. “You waited up ' +
  'for me,” she said to Jonas, and he went on looking at the second plate.';
const GOOD =
  'Two plates, both clean. Jonas had not lit the lamp; at 11:40 he heard her key, and then Mara in the ' +
  'doorway saying, “You waited up for me.”';
const fault = (
  text: string,
  source = SOURCE,
  avoid: string[] = [],
  finish: 'stop' | 'length' = 'stop',
) => faultOf({ text, finish }, { source, before: '', avoid })?.kind;

describe('what is wrong with a candidate', () => {
  it('nothing, with a good one', () => assert.equal(fault(GOOD), undefined));

  const faults: [kind: string, text: string][] = [
    ['empty', ' …\n'],
    ['refused', 'I’m sorry, but I can’t help with that.'],
    ['meta', `${GOOD} I’ve rewritten it to be colder.`],
    ['unchanged', SOURCE.replace('late', 'very late')],
    ['unchanged', SOURCE.toUpperCase()],
    [
      'language',
      'Mara kam spät nach Hause, es war fast zwölf. Die Küche lag dunkel da, und der Tisch war für ' +
        'zwei gedeckt, und Jonas sah nur noch auf den zweiten Teller und sagte kein Wort mehr.',
    ],
    ['language', 'Мара вернулась домой поздно. На кухне было темно, и стол был накрыт на двоих.'],
    ['derailed', 'the plate the plate the plate the plate '.repeat(12)],
  ];
  for (const [kind, text] of faults) {
    it(`${kind}: ${text.trim().slice(0, 40)}`, () => assert.equal(fault(text), kind));
  }

  it('truncated, where the model ran out of room', () => {
    assert.equal(fault(GOOD, SOURCE, [], 'length'), 'truncated');
  });

  it('fragments are English: few function words are no other language', () => {
    const text =
      'Late. Dark kitchen. Two plates, clean. Jonas, staring. Mara, key in hand: waited? Waited. ' +
      'Clock: 11:40. Nothing else.';
    assert.equal(fault(text), undefined);
  });

  it('a source in German stays in German, and English in its place is another language', () => {
    const german =
      'Mara kam spät nach Hause. In der Küche brannte kein Licht, und der Tisch war für zwei gedeckt. ' +
      'Sie blieb in der Tür stehen und sah auf den zweiten Teller.';
    const other =
      'Zwei Teller standen da, beide leer. Es war spät, als Mara die Tür aufstieß und im Mantel stehen ' +
      'blieb, weil in der Küche niemand Licht gemacht hatte.';
    assert.equal(fault(other, german), undefined);
    assert.equal(fault(GOOD, german), 'language');
  });

  it('Japanese, which is written in three scripts, is one language', () => {
    const source = '雨が降っていた。彼女は港へ歩いていき、だれも何も尋ねなかった。';
    assert.equal(
      fault('港には誰もいない。濡れた道を、彼女だけが黙って進んだ。', source),
      undefined,
    );
  });

  it('a phrase that was to be avoided, whatever its case, punctuation and line', () => {
    assert.equal(fault(GOOD, SOURCE, ['you waited  up']), 'avoided');
    assert.equal(
      avoided('A breath, she\nDidn’t know', ["a breath she didn't know"]) !== undefined,
      true,
    );
    assert.equal(avoided('He was breathing.', ['breath', '…']), undefined);
  });

  it('sameness is 1 of the same words and low of others', () => {
    assert.equal(sameness('It rained, all day.', 'It rained. All day!'), 1);
    assert.ok(sameness(SOURCE, GOOD) < 0.6);
  });
});

describe('what of Markdown is lost', () => {
  const cases: [what: string, source: string, kept: string, lost: string, name: RegExp][] = [
    ['a link', 'See [her](a.md).', 'Look at [Mara](a.md).', 'Look at Mara.', /a\.md/u],
    ['a picture', '![x](p.png) Rain.', 'Rain. ![y](p.png)', 'Rain.', /p\.png/u],
    ['a heading', '## One\n\nRain.', '## Eins\n\nMore rain.', 'One. Rain.', /^## …$/u],
    [
      'a table',
      '| a | b |\n|--|--|\n| 1 | 2 |',
      '| x | y |\n|--|--|\n| 1 | 2 |',
      'a: 1, b: 2',
      /\|/u,
    ],
    ['a code block', 'So:\n\n```js\nx()\n```', 'Thus:\n\n```js\nx()\n```', 'Thus: x()', /x\(\)/u],
    ['inline code', 'Call `go()` now.', 'Now `go()` it is.', 'Go now.', /go\(\)/u],
    [
      'front matter',
      '---\ntitle: A\n---\n\nRain.',
      '---\ntitle: A\n---\n\nIt fell.',
      'It fell.',
      /title: A/u,
    ],
    ['a footnote', 'Rain.[^1]', 'It fell.[^1]', 'It fell.', /\[\^1\]/u],
  ];
  for (const [what, source, kept, lost, name] of cases) {
    it(`${what}, and is not where it stands elsewhere`, () => {
      assert.equal(lostStructure(source, kept), undefined);
      assert.match(lostStructure(source, lost) ?? '', name);
      assert.equal(fault(lost, source), 'structure');
    });
  }

  it('one of two links to the same place is one too few', () => {
    assert.ok(lostStructure('[a](x) [b](x)', '[a](x)'));
  });

  it('emphasis, indented paragraphs and underlined titles are prose', () => {
    assert.equal(lostStructure('    *Rain* fell.\n\n- a\n- b', 'It rained on a and b.'), undefined);
  });
});

describe('what a rewrite has lost, to be told and not refused', () => {
  it('nothing, where names, numbers and speech are there', () => {
    assert.deepEqual(lostThings(SOURCE, GOOD), []);
  });

  it('a name, a number, a speech', () => {
    assert.deepEqual(lostThings(SOURCE, 'She came home. He looked at the second plate.'), [
      { kind: 'lost', what: 'name', text: 'Jonas' },
      { kind: 'lost', what: 'number', text: '11:40' },
      { kind: 'lost', what: 'quotation', text: 'You waited up for me,' },
    ]);
  });

  it('a name that only begins sentences is one from its second time on', () => {
    const names = (source: string) => lostThings(source, 'Rain.').map(({ kind }) => kind);
    assert.deepEqual(names('Mara left. Mara came back.'), ['lost']);
    assert.deepEqual(names('Rain fell. Then rain stopped. Then it fell.'), []);
  });

  it('a possessive is the name, another word with its letters is not', () => {
    assert.deepEqual(lostThings('He saw Ada there.', 'Ada’s coat hung there.'), []);
    assert.equal(lostThings('He saw Ada there.', 'He saw Adam there.').length, 1);
  });

  it('speech with other punctuation is the same speech', () => {
    assert.deepEqual(
      lostThings('“I will not go there,” he said.', '‘I will not go there!’ he cried.'),
      [],
    );
  });
});
