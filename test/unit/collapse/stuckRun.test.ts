import assert from 'node:assert/strict';
import { Agreement } from '../../../src/core/collapse/agreement';
import { Prose } from '../../../src/core/collapse/prose';
import { findStuckRuns, mayBeStuck } from '../../../src/core/collapse/stuckRun';
import type { Token } from '../../../src/core/model/token';
import { marked } from './textHelpers';

describe('stuck runs', () => {
  /** One token a piece; a probability each. */
  function tokens(pieces: readonly [string, number | null][]): { text: string; tokens: Token[] } {
    let at = 0;
    const list = pieces.map(([piece, p]): Token => {
      const token = { start: at, end: at + piece.length, alternatives: [], tail: null };
      at += piece.length;
      return p === null
        ? { ...token, logprob: null, missing: 'gap' }
        : { ...token, logprob: Math.log(p) };
    });
    return { text: pieces.map(([piece]) => piece).join(''), tokens: list };
  }
  const open = () => ({ entropy: 6, rank: 1 });
  const sure = (words: string): [string, number][] =>
    words.split(' ').map((word) => [` ${word}`, 0.999]);

  it('finds a run at open places', () => {
    const subject = {
      ...tokens([['He', 0.2], ...sure('saw the lonely lighthouse'), [' now', 0.5]]),
      openness: open,
    };
    const flags = findStuckRuns(subject);
    assert.deepEqual(marked(subject.text, flags), [' saw the lonely lighthouse']);
    assert.deepEqual(flags[0]?.evidence, { tokens: 4, entropy: 6 });
  });

  it('does not count the rest of a word or what human text leaves no choice about', () => {
    const word = tokens([
      [' light', 0.999],
      ['hou', 0.999],
      ['se', 0.999],
      ['keep', 0.999],
      ['ers', 0.999],
    ]);
    assert.deepEqual(findStuckRuns({ ...word, openness: open }), []);
    const closed = {
      ...tokens(sure('once upon a time there was')),
      openness: () => ({ entropy: 1, rank: 1 }),
    };
    assert.deepEqual(findStuckRuns(closed), []);
  });

  it('is ended by an unsure token and by one without a probability', () => {
    for (const p of [0.9, null]) {
      const subject = {
        ...tokens([...sure('a b c'), [' x', p], ...sure('d e f')]),
        openness: open,
      };
      assert.deepEqual(findStuckRuns(subject), []);
    }
  });

  it('hands the yardstick what stands before, the passage included', () => {
    const contexts: string[] = [];
    const subject = tokens([['Yes', 0.999], ...sure('no so far')]);
    findStuckRuns({
      ...subject,
      before: 'Ask. ',
      openness: (context) => {
        contexts.push(context);
        return open();
      },
    });
    assert.deepEqual(contexts, ['Ask. ', 'Ask. Yes', 'Ask. Yes no', 'Ask. Yes no so']);
  });

  it('weighs what siblings write at the same words', () => {
    const own = tokens([['He', 0.2], ...sure('saw the lonely lighthouse burning')]);
    const found = (...others: string[]) =>
      findStuckRuns({
        ...own,
        openness: open,
        agreement: new Agreement([own.text, ...others].map((text) => new Prose(text))),
      })[0];
    const alone = findStuckRuns({ ...own, openness: open })[0];
    const all = found(own.text, `Then ${own.text}`);
    assert.ok(all !== undefined && alone !== undefined && all.score > alone.score);
    assert.deepEqual(all.evidence, { tokens: 5, entropy: 6, agreement: 1 });
    assert.equal(found('She sold her boat.', 'Rain came down.'), undefined);
    assert.equal(found(own.text, 'Rain came down.')?.score, alone.score);
  });

  it('asks about many places at once where that is possible', () => {
    const { text, tokens: certain } = tokens(sure('a b c d e'));
    const asked: string[] = [];
    const flags = findStuckRuns({
      text,
      tokens: certain,
      before: 'So.',
      opennessOver: (near, places) => {
        asked.push(...places.map((place) => near.slice(place)));
        return places.map(() => ({ entropy: 6, rank: 1 }));
      },
    });
    assert.deepEqual(asked, [' a b c d e', ' b c d e', ' c d e', ' d e', ' e']);
    assert.equal(flags.length, 1);
  });

  it('says nothing without tokens or a yardstick', () => {
    assert.deepEqual(findStuckRuns({ text: 'a', openness: open }), []);
    assert.deepEqual(findStuckRuns(tokens(sure('a b c d e'))), []);
  });

  it('needs no yardstick where there is no run of certain tokens', () => {
    const { text, tokens: certain } = tokens(sure('a b c d e'));
    assert.ok(mayBeStuck(text, certain));
    assert.ok(!mayBeStuck(text, certain.slice(0, 3)));
    assert.ok(!mayBeStuck(text, []));
  });
});
