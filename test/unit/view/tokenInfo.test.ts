import assert from 'node:assert/strict';
import type { TokenView } from '../../../src/protocol';
import { limitIn, percentIn } from '../../../src/view/model/percent';
import { spokenToken, tokenInfo, type Row } from '../../../src/view/model/tokenInfo';
import { withSymbols } from '../../../src/core/text/visible';
import { token } from '../../view/page/samples';

const percent = percentIn('en');
const listed = (...pairs: [string, number][]): Pick<TokenView, 'alternatives'> => ({
  alternatives: pairs.map(([text, p]) => ({ text, logprob: Math.log(p) })),
});
const brief = ({ kind, label, percent: words }: Row) => `${kind} ${label} ${words}`;

describe('view: percentages', () => {
  for (const [probability, words] of [
    [1, '100%'],
    [0.9996, '>99.9%'],
    [0.973, '97.3%'],
    [0.5, '50.0%'],
    [0.001, '0.1%'],
    [0.0009, '<0.1%'],
    [0, '<0.1%'],
  ] as const) {
    it(`${probability} is ${words}`, () => assert.equal(percent(probability), words));
  }

  it('follows the language', () => assert.equal(percentIn('de')(0.973), '97,3\u00a0%'));

  it('gives a limit no digits that it does not have', () => {
    assert.deepEqual([0.05, 0.9, 0.999].map(limitIn('en')), ['5%', '90%', '99.9%']);
  });
});

describe('view: token text', () => {
  for (const [text, shown] of [
    [' the', '·the'],
    ['.\n\n', '.↵↵'],
    ['\t', '→'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\u202egnp', '⟨U+202E⟩gnp'],
    ['\u2028', '⟨U+2028⟩'],
    ['\u0000', '⟨U+0000⟩'],
    ['<b>', '<b>'],
    ['🦔', '🦔'],
  ] as const) {
    it(`shows ${JSON.stringify(text)} as ${shown}`, () => assert.equal(withSymbols(text), shown));
  }

  it('is spoken as a word and a whole percentage', () => {
    assert.equal(spokenToken(token(' lamp', 0.973)), 'lamp, 97 percent');
    assert.equal(spokenToken(token(' lamp', 0.001)), 'lamp, under 1 percent');
    assert.equal(spokenToken(token('\n\n', 0.5)), 'line break, 50 percent');
    assert.equal(spokenToken(token('  ', 0.5)), 'space, 50 percent');
    assert.equal(spokenToken(token('', 0.5)), 'part of a character, 50 percent');
    assert.equal(spokenToken(token(' lamp', null)), 'lamp, no probability');
  });
});

describe('view: what the popup says', () => {
  it('shows the alternatives, the emitted token among them, and the unseen rest', () => {
    const info = tokenInfo(
      token(' door', 0.2, { ...listed([' gate', 0.6], [' door', 0.2]), tail: 0.2 }),
      percent,
    );
    assert.equal(info.symbols, '·door');
    assert.equal(info.percent, '20.0%');
    assert.equal(info.cue, 'Choice 2 of the 2 listed');
    assert.deepEqual(info.rows.map(brief), [
      'other ·gate 60.0%',
      'chosen ·door 20.0%',
      'tail not listed 20.0%',
    ]);
    assert.deepEqual(
      info.rows.map(({ share }) => share.toFixed(2)),
      ['0.60', '0.20', '0.20'],
    );
  });

  it('puts an emitted token that was not listed in its place', () => {
    const info = tokenInfo(token(' owl', 0.005, listed([' gate', 0.6], [' door', 0.3])), percent);
    assert.equal(info.cue, 'Less likely than the 2 listed · unlikely');
    assert.deepEqual(info.rows.map(brief), [
      'other ·gate 60.0%',
      'other ·door 30.0%',
      'chosen ·owl 0.5%',
    ]);
  });

  it('says how sure the model was in words', () => {
    const cues = [0.9995, 0.995, 0.95, 0.5].map(
      (p) => tokenInfo(token('x', p, listed(['x', p])), percent).cue,
    );
    assert.deepEqual(cues, [
      'First choice · all but certain',
      'First choice · very sure',
      'First choice · sure',
      'First choice',
    ]);
  });

  it('keeps the emitted token in sight and sums up the end of a long list', () => {
    const many = Array.from({ length: 12 }, (_, at): [string, number] => [
      `w${at}`,
      0.1 - at / 200,
    ]);
    const { rows } = tokenInfo(token('w11', 0.045, listed(...many)), percent);
    assert.equal(rows.length, 8 + 1 + 1);
    assert.equal(rows[8]?.kind, 'chosen');
    assert.equal(rows[9]?.kind, 'rest');
    assert.equal(rows[9].label, '3 more');
    assert.equal(rows[9].percent, percent(0.06 + 0.055 + 0.05));
  });

  it('draws no bars where there is nothing to compare, and says so', () => {
    const info = tokenInfo(token(' lamp', 0.3), percent);
    assert.deepEqual(info.rows, []);
    assert.equal(info.cue, 'The model listed no alternatives.');
  });

  it('says why there is no probability, a different sentence for each reason', () => {
    const reasons = [
      'unsupported',
      'dropped',
      'floor',
      'gap',
      'first',
      'edited',
      'reasoning',
      undefined,
    ] as const;
    const infos = reasons.map((missing) =>
      tokenInfo(token('x', null, missing ? { missing } : {}), percent),
    );
    assert.equal(new Set(infos.map(({ cue }) => cue)).size, reasons.length);
    assert.deepEqual(new Set(infos.map((info) => info.percent)), new Set([null]));
  });
});
