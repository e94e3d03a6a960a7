import assert from 'node:assert/strict';
import { PASSAGE, VERSIONS } from '../../fixtures/collapsingServer';
import { toldModel } from '../../fixtures/toldModel';
import { rewritten } from './harness';

const version = (at: number) => VERSIONS[at] ?? '';
const tagged = (...texts: string[]) =>
  texts.map((text) => `<rewrite probability="0.05">\n${text}\n</rewrite>`).join('\n');
/** The same version with a word changed. */
const near = version(0).replace('Somebody', 'Someone');
const TAIL = { strategies: ['tail'] };

describe('a batch from one request', () => {
  it('asks for more than are wanted and shows those that differ most', async () => {
    const model = toldModel(() =>
      tagged(version(0), near, version(1), `${near} Late.`, version(2)),
    );
    const { branches, abouts } = await rewritten(model, { ...TAIL, n: 3 });
    assert.equal(model.asked.length, 1);
    assert.match(model.asked[0]?.text ?? '', /Write 6 versions/u);
    const texts = branches.map(({ text }) => text);
    assert.ok(texts.includes(version(1)) && texts.includes(version(2)));
    assert.equal(texts.filter((text) => text.includes('The kettle clicked off as')).length, 1);
    assert.ok(abouts.every((about) => about?.strategy === 'tail' && !about.fault));
  });

  it('asks for what is missing again: too few, one five times, the passage itself', async () => {
    const answers = [
      tagged(...new Array<string>(5).fill(version(0)), PASSAGE),
      tagged(version(1), version(2)),
    ];
    const model = toldModel(({ at }) => answers[at] ?? '');
    const { branches, again } = await rewritten(model, { ...TAIL, n: 3 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(1), version(2)],
    );
    assert.match(model.asked[1]?.text ?? '', /Write 4 versions/u);
    assert.ok(model.asked[1]?.text.includes(version(0)));
    assert.equal(again.length, 1);
  });

  it('what is left after all tries is shown with its fault, each in one branch', async () => {
    const model = toldModel(() => tagged(version(0), near));
    const { branches, abouts } = await rewritten(
      model,
      { ...TAIL, n: 2 },
      { limits: { tries: 2 } },
    );
    assert.ok(branches.every(({ status }) => status === 'done'));
    assert.deepEqual(
      abouts.map((about) => about?.fault?.kind),
      [undefined, 'near'],
    );
  });

  it('where nothing is left to show, the branch fails and the others do not', async () => {
    const model = toldModel(({ at }) => (at === 0 ? tagged(version(0)) : '…'));
    const { branches } = await rewritten(model, { ...TAIL, n: 2 }, { limits: { tries: 2 } });
    assert.deepEqual(
      branches.map(({ status, error }) => [status, error?.code]),
      [
        ['done', undefined],
        ['failed', 'refused'],
      ],
    );
  });

  it('a version that the answer breaks off in is not shown as whole', async () => {
    const model = toldModel(({ at }) =>
      at === 0
        ? { text: tagged(version(0)) + `<rewrite>${version(1).slice(0, 60)}`, finish: 'length' }
        : tagged(version(2)),
    );
    const { branches, again } = await rewritten(model, { ...TAIL, n: 2 });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(2)],
    );
    assert.deepEqual(
      again.map(({ fault }) => fault.kind),
      ['truncated'],
    );
  });

  it('is called off with all its branches', async () => {
    const stop = new AbortController();
    const model = toldModel(() => ({ wait: new Promise<void>(() => undefined) }));
    const all = rewritten(model, { ...TAIL, n: 3 }, {}, stop.signal);
    setTimeout(() => stop.abort(), 5);
    assert.ok((await all).branches.every(({ status }) => status === 'stopped'));
  });

  it('an error is that of every branch without a rewrite', async () => {
    const error = { code: 'server', message: 'It broke.', action: '', retryable: true } as const;
    const { branches } = await rewritten(
      toldModel(() => ({ error })),
      { ...TAIL, n: 2 },
    );
    assert.deepEqual(
      branches.map((branch) => branch.error),
      [error, error],
    );
  });
});
