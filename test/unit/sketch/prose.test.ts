import assert from 'node:assert/strict';
import { Answers } from '../../../src/core/model/sketch/answers';
import { DraftCache } from '../../../src/core/model/sketch/draftCache';
import { ProseCache } from '../../../src/core/model/sketch/proseCache';
import { ManualClock } from '../../fixtures/manualClock';
import { gather, never, options, prose, sketch, trainBase } from './helpers';

const base = trainBase(prose(200));
const clock = new ManualClock();
const OTHER = 'Ozias oiled the orrery while Petronel polished the astrolabe. ';

const tokensIn = ({ current }: ProseCache) => current?.tokens ?? 0;

describe('Sketch: the writer’s other prose', () => {
  it('counts beside the draft once it is read, and not before', async () => {
    const model = sketch();
    const write = async () => {
      const made = options({ n: 8, maxTokens: 60 });
      const before = `${prose(20)} Ozias`;
      const { texts } = await gather(model.continue({ before, after: '' }, made, never()));
      return texts.join(' ');
    };
    assert.doesNotMatch(await write(), /orrery|astrolabe/u);
    await model.readProse([OTHER.repeat(12)], never());
    assert.match(await write(), /orrery|astrolabe/u);
    await model.readProse([], never());
    assert.doesNotMatch(await write(), /orrery|astrolabe/u);
  });

  it('never makes the first token wait, and is dropped when it is overtaken or stopped', async () => {
    const cache = new ProseCache(clock);
    const stopped = new AbortController();
    stopped.abort();
    await cache.read(base, [prose(2000)], stopped.signal);
    assert.equal(tokensIn(cache), 0);
    const first = cache.read(base, [OTHER.repeat(2000)], new AbortController().signal);
    const second = cache.read(base, ['A zither sang at the ferry.'], new AbortController().signal);
    await Promise.all([first, second]);
    assert.ok(tokensIn(cache) > 0 && tokensIn(cache) < 20);
  });

  it('reads the first texts within its bound', async () => {
    const cache = new ProseCache(clock);
    const long = 'word '.repeat(500_000);
    await cache.read(base, [OTHER, long, 'Never read zither.'], never());
    assert.ok((cache.current?.vocabulary.find(' orrery') ?? -1) >= 0);
    assert.equal(cache.current?.vocabulary.find(' zither'), -1);
  });

  it('makes the draft be read anew, over it', async () => {
    const drafts = new DraftCache(clock);
    const passage = { before: prose(50), after: '' };
    const alone = await drafts.read(base, passage, never());
    assert.ok(alone !== null);
    alone.readers -= 1;
    const cache = new ProseCache(clock);
    await cache.read(base, [OTHER], never());
    const over = await drafts.read(base, passage, never(), cache.current);
    assert.notEqual(over, alone);
    assert.equal(over?.below, cache.current);
  });

  it('takes the end of the file before for the beginning of this one', async () => {
    const model = sketch();
    const earlier = OTHER.repeat(12);
    const made = options({ n: 8, maxTokens: 60 });
    const passage = { before: 'Ozias', after: '', earlier };
    const { texts } = await gather(model.continue(passage, made, never()));
    assert.match(texts.join(' '), /orrery|astrolabe/u);
    const shown = model.prompt(passage, made).parts.map(({ text }) => text);
    assert.deepEqual(shown, [`${earlier.trimEnd()}\n\nOzias`]);
  });
});

describe('Sketch: the weights of the mixture', () => {
  const answer = { draft: 0, draftUnseen: 1, workspace: 0, workspaceUnseen: 1, base: 0.1 };
  const fit = (some: Partial<typeof answer>) => {
    const answers = new Answers();
    for (let i = 0; i < 300; i++) {
      answers.add({ ...answer, ...some });
    }
    return answers.fit();
  };

  it('follow what predicts best, layer by layer, and silence none', () => {
    const draft = fit({ draft: 0.5, draftUnseen: 0.1 });
    assert.ok(draft.draft > 0.8 && draft.draft <= 0.9, `${draft.draft}`);
    const workspace = fit({ workspace: 0.5, workspaceUnseen: 0.1, draftUnseen: 0.2 });
    assert.ok(workspace.workspace > 0.8 && workspace.draft < 0.1, JSON.stringify(workspace));
    const neither = fit({ draftUnseen: 0.1, workspaceUnseen: 0.1 });
    assert.ok(neither.draft < 0.1 && neither.workspace < 0.1 && neither.draft >= 0.05);
  });

  it('are a cautious guess without answers, and take impossible ones', () => {
    assert.deepEqual(new Answers().fit(), { workspace: 0.3, draft: 0.3 });
    const { draft, workspace } = fit({ base: 0 });
    assert.ok(Math.abs(draft - 0.3) < 1e-9 && Math.abs(workspace - 0.3) < 1e-9);
  });
});

describe('Sketch: the window on a long draft', () => {
  it('stays where it is while the text grows and its beginning is cut away', async () => {
    const long = prose(9000);
    const cache = new DraftCache(clock);
    let anew = 0;
    let last = null;
    for (let end = 250_000; end < 262_000; end += 300) {
      const before = long.slice(end - 200_000, end);
      const draft = await cache.read(base, { before, after: '' }, never());
      anew += draft === last ? 0 : 1;
      last = draft;
      assert.ok(draft !== null);
      draft.readers -= 1;
    }
    assert.ok(anew <= 4, `${anew} times of 40`);
  });
});
