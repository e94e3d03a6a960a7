import assert from 'node:assert/strict';
import { emptyBase } from '../../../src/core/model/sketch/base';
import { Draft } from '../../../src/core/model/sketch/draft';
import { DraftCache } from '../../../src/core/model/sketch/draftCache';
import { ManualClock } from '../../fixtures/manualClock';
import { never, prose, trainBase } from './helpers';

const base = trainBase(prose(200));
const clock = new ManualClock();
const STRANGE = 'Zob zub zab, zib zeb zob. Zub zab zib; zeb zob zub? ';

async function weightOf(text: string, from = base): Promise<number> {
  const draft = new Draft(from);
  await draft.learn(text, 0, true, clock, never());
  return draft.weights().draft;
}

describe('Sketch: the draft', () => {
  it('weighs more the better it predicts itself, and never all or nothing', async () => {
    const strange = await weightOf(STRANGE.repeat(60));
    const like = await weightOf(prose(120, 5));
    const short = await weightOf('A letter crossed the river.');
    assert.ok(strange > like, `${strange} ${like}`);
    assert.ok(strange <= 0.9 && like >= 0.05);
    assert.ok(Math.abs(short - 0.3) < 0.1, `${short}`);
  });

  it('has no say when it is empty, and the only say when there is nothing else', async () => {
    assert.equal(await weightOf(''), 0);
    assert.equal(await weightOf(STRANGE, emptyBase()), 1);
  });

  it('counts only what was added, while the writer goes on at one place', async () => {
    const cache = new DraftCache(clock);
    const first = await cache.read(base, { before: prose(50), after: 'End.' }, never());
    assert.ok(first !== null);
    const tokens = first.tokens;
    first.readers -= 1;
    const before = `${prose(50)} ${STRANGE}`;
    const second = await cache.read(base, { before, after: 'End.' }, never());
    assert.equal(second, first);
    assert.ok(second.tokens > tokens && second.tokens < tokens + 30);
  });

  it('starts over when the text before changed, the text after changed, or it is being read', async () => {
    const before = prose(50);
    for (const change of [
      { before: before.replace('the', 'a'), after: '' },
      { before, after: 'Else.' },
    ]) {
      const cache = new DraftCache(clock);
      const first = await cache.read(base, { before, after: '' }, never());
      assert.ok(first !== null);
      first.readers -= 1;
      assert.notEqual(await cache.read(base, change, never()), first);
    }
    const cache = new DraftCache(clock);
    const reading = await cache.read(base, { before, after: '' }, never());
    assert.notEqual(await cache.read(base, { before, after: '' }, never()), reading);
  });

  it('reads no more than the nearest part of a long text', async () => {
    const long = prose(9000);
    const draft = await new DraftCache(clock).read(base, { before: long, after: long }, never());
    assert.ok(long.length > 300_000);
    assert.ok(draft !== null && draft.tokens > 8000 && draft.tokens < 40_000, `${draft?.tokens}`);
    assert.equal(draft.vocabulary.find(' ferry') >= 0, true);
  });

  it('leaves the vocabulary of the base as it was', async () => {
    const { size } = base.vocabulary;
    const draft = new Draft(base);
    await draft.learn(STRANGE, 0, true, clock, never());
    assert.equal(base.vocabulary.size, size);
    assert.ok(draft.vocabulary.size > size);
    assert.equal(draft.vocabulary.text(draft.vocabulary.find(' zub')), ' zub');
    assert.equal(draft.vocabulary.text(0), base.vocabulary.text(0));
    assert.equal(draft.spelled.length, draft.vocabulary.size - size);
  });
});
