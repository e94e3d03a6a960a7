import assert from 'node:assert/strict';
import { isVariorumError, type ModelError } from '../../../src/core/model/error';
import type { Flag } from '../../../src/core/collapse/flag';
import { inPlaceOf, promptOf, rewritePrompts } from '../../../src/core/rewrite/rewrite';
import { PASSAGE, VERSIONS } from '../../fixtures/collapsingServer';
import { toldModel } from '../../fixtures/toldModel';
import { scriptedModel } from '../../fixtures/scriptedModel';
import { PARTS, REQUEST, rewritten } from './harness';

const FAILED: ModelError = { code: 'server', message: 'It broke.', action: '', retryable: true };
const version = (at: number) => VERSIONS[at] ?? '';
const flag = (code: Flag['code']) =>
  ({ code, start: 0, end: 1, severity: 'note', score: 1 }) as Flag;
const never = () => new Promise<void>(() => undefined);

describe('a rewriting', () => {
  describe('refuses', () => {
    const refusal = async (promise: Promise<unknown>) => {
      const error: unknown = await promise.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(isVariorumError(error));
      return error.detail;
    };
    const model = toldModel(() => version(0));

    it('a model that cannot be told anything, and says what to connect', async () => {
      const { code, message, action } = await refusal(rewritten(scriptedModel({ branches: [[]] })));
      assert.equal(code, 'unsupported');
      assert.match(message, /cannot rewrite/u);
      assert.match(action, /Connect a model.*Ollama/u);
    });

    it('a model that has shown that it takes neither messages nor raw text', async () => {
      const no = { value: 'no', evidence: '' } as const;
      const neither = toldModel(() => '', { chat: no, raw: no });
      assert.equal((await refusal(rewritten(neither))).code, 'unsupported');
    });

    it('nothing to rewrite, too much, too many', async () => {
      const nothing = await refusal(rewritten(model, { source: ' —\n' }));
      assert.match(nothing.action, /Select some text/u);
      const much = await refusal(rewritten(model, { source: 'It rained all day. '.repeat(2000) }));
      assert.match(much.message, /too long to rewrite at once/u);
      for (const n of [0, 33]) {
        assert.match((await refusal(rewritten(model, { n }))).message, /cannot be asked for/u);
      }
      assert.equal(model.asked.length, 0);
    });
  });

  describe('asks again', () => {
    const again: [kind: string, answer: string, reason: RegExp, request?: object][] = [
      ['unchanged', PASSAGE, /left the passage almost as it is/u],
      ['empty', '…', /no rewrite in it/u],
      ['refused', 'I’m sorry, but I can’t help with that.', /no rewrite in it/u],
      ['meta', `${version(1)} I’ve rewritten it.`, /talked about the rewrite/u],
      ['derailed', 'the plate the plate the plate the plate '.repeat(12), /came apart/u],
      ['taken', version(2), /said much the same as a version above/u, { taken: [version(2)] }],
      ['avoided', version(1), /had “one glove off” in it/u, { avoid: ['one glove off'] }],
      ['structure', version(1), /lost part of the Markdown/u, { source: `${PASSAGE} [a](b)` }],
    ];
    for (const [kind, answer, reason, request = {}] of again) {
      it(`for what is ${kind}, with the reason in the prompt`, async () => {
        const good = kind === 'structure' ? `${version(3)} [a](b)` : version(3);
        const model = toldModel(({ at }) => (at === 0 ? answer : good));
        const { branches, abouts, again: thrown } = await rewritten(model, { n: 1, ...request });
        assert.equal(branches[0]?.text, good);
        assert.deepEqual(
          thrown.map(({ fault }) => fault.kind),
          [kind],
        );
        assert.equal(abouts[0]?.fault, undefined);
        assert.doesNotMatch(model.asked[0]?.text ?? '', /About the last attempt/u);
        assert.match(model.asked[1]?.text ?? '', reason);
      });
    }

    it('with more room for what broke off', async () => {
      const model = toldModel(({ at }) =>
        at === 0 ? { text: version(1), finish: 'length' } : version(1),
      );
      const { branches } = await rewritten(model, { n: 1 });
      assert.equal(branches[0]?.finish, 'stop');
      const [first, second] = model.asked.map(({ options }) => options.maxTokens);
      assert.ok((second ?? 0) > (first ?? 0));
    });

    it('so often and no oftener; the least bad of what came is shown with its fault', async () => {
      const answers = ['…', version(2), PASSAGE];
      const model = toldModel(({ at }) => answers[at] ?? 'I’m sorry, but I can’t help with that.');
      const { branches, abouts } = await rewritten(model, { n: 1, taken: [version(2)] });
      assert.equal(model.asked.length, 4);
      assert.equal(branches[0]?.text, version(2));
      assert.equal(branches[0].status, 'done');
      assert.equal(abouts[0]?.fault?.kind, 'taken');
      assert.deepEqual(
        abouts[0].attempts.map(({ fault }) => fault.kind),
        ['empty', 'unchanged', 'refused'],
      );
    });

    it('and where there is nothing to show says that the model would not, in its words', async () => {
      const model = toldModel(() => 'I’m sorry, but I can’t help with that.');
      const { branches } = await rewritten(model, { n: 1 }, { limits: { tries: 2 } });
      assert.equal(branches[0]?.error?.code, 'refused');
      assert.match(branches[0].error.message, /“I’m sorry/u);
    });
  });

  it('names those that are there to each one after it', async () => {
    const model = toldModel(({ at }) => version(at));
    await rewritten(model, { n: 3, taken: ['An older one.'] });
    const [first, , third] = model.asked.map(({ text }) => text);
    assert.ok(first?.includes('An older one.') && !first.includes(version(0)));
    assert.ok(third?.includes(version(0)) && third.includes(version(1)));
  });

  it('asks for moves side by side, six at once at most', async () => {
    const open: (() => void)[] = [];
    const model = toldModel(({ at }) => ({
      text: version(at % VERSIONS.length),
      wait: new Promise((resolve) => open.push(resolve)),
    }));
    const all = rewritten(model, { n: 8, strategies: ['style'] }, { limits: { tries: 1 } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(model.asked.length, 6);
    const letGo = setInterval(() => open.forEach((resolve) => resolve()), 5);
    const { branches } = await all;
    clearInterval(letGo);
    assert.equal(model.asked.length, 8);
    assert.ok(branches.every(({ status }) => status === 'done'));
  });

  it('shows one of two that say the same at the same time, and asks for the other again', async () => {
    const model = toldModel(({ at }) => version(at < 2 ? 0 : at));
    const { branches, again } = await rewritten(model, { n: 2, strategies: ['style'] });
    assert.equal(new Set(branches.map(({ text }) => text)).size, 2);
    assert.deepEqual(
      again.map(({ fault }) => fault.kind),
      ['near'],
    );
  });

  it('goes on when a branch fails, and says why it did', async () => {
    const model = toldModel(({ at }) => (at === 1 ? { error: FAILED } : version(at)));
    const { branches } = await rewritten(model, { n: 3 });
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['done', 'failed', 'done'],
    );
    assert.deepEqual(branches[1]?.error, FAILED);
  });

  it('goes on when a request fails as a whole, and shows what came before a failure', async () => {
    const model = toldModel(({ at }) => {
      return at === 0 ? PASSAGE : at === 1 ? { refuse: FAILED } : version(at);
    });
    const { branches, abouts } = await rewritten(model, { n: 2 });
    assert.equal(abouts[0]?.fault?.kind, 'unchanged');
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['done', 'done'],
    );
  });

  it('sends less around the passage where the model takes no more', async () => {
    const context = {
      code: 'context',
      message: 'Too long.',
      action: '',
      retryable: false,
    } as const;
    const [before, after] = ['Early. '.repeat(1000), 'Late. '.repeat(1000)];
    const model = toldModel(({ text }) =>
      text.length > 6000 ? { error: context } : version(text.includes(version(0)) ? 1 : 0),
    );
    const { branches } = await rewritten(model, { n: 2, before, after });
    assert.deepEqual(
      branches.map(({ text }) => text),
      [version(0), version(1)],
    );
    assert.equal(model.asked.length, 3);
    assert.match(model.asked[1]?.text ?? '', /Early\. Early\.\n<\/before>/u);
    const deaf = toldModel(() => ({ error: context }));
    const failed = await rewritten(deaf, { n: 1, before, after });
    assert.equal(failed.branches[0]?.error?.code, 'context');
    assert.equal(deaf.asked.length, 3);
  });

  it('is called off at once, even by a model that does not listen; what came stays', async () => {
    const stop = new AbortController();
    const model = toldModel(({ at }) => (at === 0 ? version(0) : { wait: never() }));
    const all = rewritten(model, { n: 4 }, {}, stop.signal);
    while (model.asked.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    stop.abort();
    const { branches } = await all;
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['done', 'stopped', 'stopped', 'stopped'],
    );
    assert.equal(branches[0]?.text, version(0));
    assert.equal(model.asked.length, 2);
  });

  it('ends every branch exactly once, after its text and what is known of it', async () => {
    const model = toldModel(({ at }) => version(at));
    const { chunks } = await rewritten(model, { n: 3 });
    for (const branch of [0, 1, 2]) {
      const kinds = chunks.filter((chunk) => chunk.branch === branch).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['delta', 'about', 'end']);
    }
  });

  it('keeps the probabilities of what stays of an answer', async () => {
    const text = `Here is a rewrite:\n\n${version(1)}`;
    const cut = text.match(/\S+\s*/gu) ?? [];
    let at = 0;
    const tokens = cut.map((piece, i) => {
      const start = at;
      at += piece.length;
      return { start, end: at, logprob: -i, alternatives: [], tail: null };
    });
    const model = toldModel(() => ({ text, tokens }));
    const { branches } = await rewritten(model, { n: 1 });
    const [branch] = branches;
    assert.equal(branch?.text, version(1));
    assert.deepEqual(
      branch.tokens.map(({ logprob }) => logprob),
      tokens.slice(4).map(({ logprob }) => logprob),
    );
    assert.equal(
      branch.tokens.map(({ start, end }) => branch.text.slice(start, end)).join(''),
      version(1),
    );
  });

  it('labels what is gone and what there is more of, and refuses neither', async () => {
    const flagsOf = (text: string) =>
      Promise.resolve(
        text.startsWith(PASSAGE) ? [flag('echo')] : [flag('echo'), flag('moralising')],
      );
    const model = toldModel(() => version(1).replace('Mara', 'She'));
    const { abouts } = await rewritten(model, { n: 1, source: `${PASSAGE} Mara, 3.` }, { flagsOf });
    assert.deepEqual(abouts[0]?.labels, [
      { kind: 'lost', what: 'name', text: 'Mara' },
      { kind: 'lost', what: 'number', text: '3' },
      { kind: 'worse-flags', code: 'moralising', before: 0, after: 1 },
    ]);
  });

  it('loses no text when the check fails', async () => {
    const model = toldModel(() => version(1));
    const flagsOf = () => Promise.reject(new Error('no lexicon'));
    const { branches } = await rewritten(model, { n: 1 }, { flagsOf });
    assert.deepEqual([branches[0]?.status, branches[0]?.text], ['failed', version(1)]);
  });

  it('shows beforehand what the first requests would say', () => {
    const model = toldModel(() => '');
    const prompts = rewritePrompts(model, { ...REQUEST, n: 2, strategies: ['order'] }, PARTS);
    assert.deepEqual(
      prompts.map(({ strategy }) => strategy),
      ['order', 'order'],
    );
    const [first] = prompts;
    assert.ok(first);
    assert.match(JSON.stringify(promptOf(first.said).parts), /Mara came home late/u);
    assert.equal(model.asked.length, 0);
  });

  it('leaves the space around a passage where it is', () => {
    assert.equal(inPlaceOf('\n  Rain.\n\n', 'Snow.'), '\n  Snow.\n\n');
    assert.equal(inPlaceOf('Rain.', 'Snow.'), 'Snow.');
  });
});
