import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BatchView, BranchView } from '../../../src/protocol';
import { cardViews, ideaLetter } from '../../../src/view/model/cardView';
import { foldsOf, NO_FOLDS } from '../../../src/view/model/folds';
import { reduceLocal } from '../../../src/view/model/local';
import { openingsOf, type Openings } from '../../../src/view/model/openings';
import { reduce } from '../../../src/view/model/reduce';
import { sharedText } from '../../../src/view/model/sharedText';
import { initialState, type ViewState } from '../../../src/view/model/state';
import { batch, branch, ideas, token } from '../../view/page/samples';

const tokensOf = (text: string) => Array.from(text).map((character) => token(character, 0.5));
const of = (...texts: string[]): BatchView =>
  batch(texts.map((text, index) => branch(index, { tokens: tokensOf(text) })));
const streaming = (...texts: string[]): BatchView => ({
  ...of(...texts),
  branches: of(...texts).branches.map((each) => ({ ...each, status: 'streaming' })),
});
const shared = (openings: Openings) =>
  [...openings].sort(([a], [b]) => a - b).map(([, opening]) => opening.shared);
const sharedIn = (...texts: string[]) => shared(openingsOf(new Map(), of(...texts), NO_FOLDS));

describe('view: shared openings', () => {
  for (const [texts, wanted] of [
    [
      ['She put it', 'She put up', 'He'],
      [8, 8, 0],
    ],
    [
      ['She put', 'She putter'],
      [4, 4],
    ],
    [
      ['one', 'two'],
      [0, 0],
    ],
    [['alone'], [0]],
    [
      ['“Yes', '“No'],
      [1, 1],
    ],
    [
      [' a', ' b'],
      [0, 0],
    ],
    [
      ['don’t go', 'don’s go'],
      [0, 0],
    ],
    [
      ['彼女は行く', '彼女は来る'],
      [3, 3],
    ],
    [
      ['🦔a', '🦓a'],
      [0, 0],
    ],
    [
      ['the', 'the end', 'the end.'],
      [3, 7, 7],
    ],
  ] as const) {
    it(`of ${JSON.stringify(texts)} end at ${JSON.stringify(wanted)}`, () => {
      assert.deepEqual(sharedIn(...texts), wanted);
    });
  }

  it('are the same however the texts came', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' ', 'cd'), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, step) => {
          const texts = parts.map((part) => part.join(''));
          const whole = of(...texts);
          let now: Openings = new Map();
          for (let end = 0; end < 130; end += step) {
            const cut = whole.branches.map((each) => ({
              ...each,
              tokens: each.tokens.slice(0, end),
            }));
            now = openingsOf(now, { ...whole, branches: cut }, NO_FOLDS);
          }
          assert.deepEqual(shared(openingsOf(now, whole, NO_FOLDS)), sharedIn(...texts));
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('begin anew with a branch that is retried', () => {
    const before = openingsOf(new Map(), of('She put', 'She left'), NO_FOLDS);
    const after = openingsOf(before, of('He came', 'She left'), NO_FOLDS);
    assert.deepEqual(shared(after), [0, 0]);
  });

  it('cost nothing once branches have parted', () => {
    const view = of('She put', 'He left');
    const before = openingsOf(new Map(), view, NO_FOLDS);
    assert.equal(openingsOf(before, view, NO_FOLDS), before);
    const more = view.branches.map((each) => ({
      ...each,
      tokens: [...each.tokens, token(' more', 0.5)],
    }));
    const known = openingsOf(before, { ...of(), branches: more }, NO_FOLDS);
    assert.equal(known.get(0)?.head, 'She put');
  });
});

describe('view: folds', () => {
  it('fold each text into its first branch, once all have ended', () => {
    const texts = ['a', 'b', 'a', '', '', 'b', 'a'] as const;
    assert.equal(foldsOf(NO_FOLDS, streaming(...texts)).size, 0);
    assert.deepEqual(
      [...foldsOf(NO_FOLDS, of(...texts))],
      [
        [2, 0],
        [5, 1],
        [6, 0],
      ],
    );
  });

  it('leave a failed branch alone', () => {
    const { branches } = of('a', 'a');
    const failed: BranchView[] = branches.map((each) => ({ ...each, status: 'failed' }));
    assert.equal(foldsOf(NO_FOLDS, batch(failed)).size, 0);
  });

  it('stay while another branch is written anew, without it', () => {
    const before = foldsOf(NO_FOLDS, of('a', 'a', 'a'));
    const [first, second, third] = of('a', 'a', 'a').branches;
    assert.ok(first && second && third);
    const again = batch([first, { ...second, status: 'streaming' }, third]);
    assert.deepEqual([...foldsOf(before, again)], [[2, 0]]);
  });
});

describe('view: shared text', () => {
  const runs = (...texts: string[]) =>
    sharedText(texts).map((spans, at) =>
      spans.map(({ start, end }) => texts[at]?.slice(start, end)),
    );

  it('is four words or more that another text has, in any case', () => {
    assert.deepEqual(
      runs('But the rain came in, and in.', 'THE rain came in! Then no.', 'the rain came'),
      [['the rain came in'], ['THE rain came in'], []],
    );
  });

  it('joins runs that overlap, and does not count a text’s own repetition', () => {
    assert.deepEqual(runs('a b c d e f', 'a b c d e', 'x y z w x y z w'), [
      ['a b c d e'],
      ['a b c d e'],
      [],
    ]);
  });
});

describe('view: cards', () => {
  const stateOf = (view: BatchView, more: Partial<ViewState> = {}): ViewState => ({
    ...reduce(initialState, { type: 'state', rev: 1, batch: view }),
    ...more,
  });

  it('show on one card what happens to an identical branch', () => {
    const state = stateOf({ ...of('a', 'b', 'a'), inserted: 2 });
    const [first, second, third] = cardViews(state);
    assert.deepEqual([first?.copies, first?.same, first?.isInserted], [2, '3', true]);
    assert.deepEqual([second?.copies, third?.isFolded], [1, true]);
    const unfolded = cardViews(reduceLocal(state, { kind: 'fold', branch: 2 }));
    assert.deepEqual(
      unfolded.map(({ isFolded, isInserted }) => [isFolded, isInserted]),
      [
        [false, false],
        [false, false],
        [false, true],
      ],
    );
  });

  it('bear the letters of their groups, unless there is one group', () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const letters = (view: BatchView) =>
      cardViews(stateOf(view))
        .map(({ idea }) => idea)
        .join('');
    assert.equal(letters({ ...of(...texts), ideas: ideas() }), 'AAABA');
    const groups = [{ label: 'all', members: [0, 1, 2, 3, 4] }];
    assert.equal(letters({ ...of(...texts), ideas: ideas({ groups }) }), '');
    assert.deepEqual([0, 25, 26, 27, 52].map(ideaLetter), ['A', 'Z', 'AA', 'AB', 'BA']);
  });

  it('forget what was chosen and unfolded with the batch', () => {
    const chosen = [0, 1].reduce(
      (state, at) => reduceLocal(state, { kind: 'select', branch: at }),
      stateOf(of('a', 'a')),
    );
    assert.deepEqual([...chosen.selected], [0, 1]);
    const open = reduceLocal(chosen, { kind: 'fold', branch: 1 });
    assert.deepEqual([...open.unfolded], [0]);
    const next = reduce(open, { type: 'state', rev: 2, batch: { ...of('a'), id: 'other' } });
    assert.deepEqual([next.selected.size, next.unfolded.size, next.folds.size], [0, 0, 0]);
  });
});
