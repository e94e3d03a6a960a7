import assert from 'node:assert/strict';
import type { Chunk, LanguageModel, Options } from '../../../src/core/model/languageModel';
import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import { DEFAULT_OPTIONS } from '../../../src/core/model/options';
import { continueApart, type Begun } from '../../../src/core/spread/continueApart';
import { fansOut } from '../../../src/core/spread/fansOut';
import { chooseOpenings, type OpeningChoice } from '../../../src/core/spread/openings';
import {
  scriptedModel,
  tokensOf,
  writes,
  writesPlain,
  type Scripted,
} from '../../fixtures/scriptedModel';

const passage = { before: 'Then', after: '' };
const no = { value: 'no', evidence: 'The script says so.' } as const;
const yes = { value: 'yes', evidence: 'The script says so.' } as const;
const never = () => new AbortController().signal;
const options = (n: number): Options => ({ ...DEFAULT_OPTIONS, n, seed: 7 });

const FIRST = { ' she': 0.5, ' She': 0.2, ' he': 0.1, ' the': 0.08, '\n': 0.05, ' a': 0.02 };

/** A model whose first token has the alternatives above; after that it repeats what it began with. */
function withOpenings(more: Partial<Scripted> = {}) {
  return scriptedModel({
    branches: ({ passage: { before }, options: { maxTokens } }) =>
      maxTokens === 1 ? [writes([[' she', 0.5, FIRST]])] : [writes([[`${before.slice(4)}…`, 0.9]])],
    ...more,
  });
}

async function collect(
  model: LanguageModel,
  n: number,
  siblings: readonly string[] = [],
): Promise<readonly CollectedBranch[]> {
  const collector = new Collector(n);
  const chunks: Chunk[] = [];
  for await (const chunk of continueApart(model, passage, options(n), siblings, never())) {
    chunks.push(chunk);
    collector.add(chunk);
  }
  return collector.branches;
}

describe('Asking apart: from different first tokens', () => {
  it('starts every branch from another word, most probable first, and says its true probability', async () => {
    const branches = await collect(withOpenings(), 3);
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she she…', ' he he…', ' the the…'],
    );
    assert.deepEqual(
      branches.map(({ tokens }) => Math.exp(tokens[0]?.logprob ?? 0).toFixed(2)),
      ['0.50', '0.10', '0.08'],
    );
    assert.ok(branches.every(({ status }) => status === 'done'));
    for (const { tokens, text } of branches) {
      assert.equal(tokens.map(({ start, end }) => text.slice(start, end)).join(''), text);
      assert.equal(tokens[0]?.alternatives.length, 6);
    }
  });

  it('keeps away from what the siblings begin with', async () => {
    const branches = await collect(withOpenings(), 2, [' She left.', ' HE laughed.']);
    assert.deepEqual(
      branches.map(({ text }) => text.slice(0, 4)),
      [' the', ' a a'],
    );
  });

  it('deals the openings out again when there are fewer than branches', async () => {
    const branches = await collect(withOpenings(), 6);
    assert.deepEqual(
      branches.map(({ text }) => text.split(' ')[1]),
      ['she', 'he', 'the', 'a', 'she', 'he'],
    );
  });

  it('a branch that fails leaves the others alone', async () => {
    const model = withOpenings();
    let count = 0;
    const failing: LanguageModel = {
      ...model,
      continue: (...args) => {
        if (++count === 3) {
          throw new Error('broken');
        }
        return model.continue(...args);
      },
    };
    const branches = await collect(failing, 3);
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['done', 'failed', 'done'],
    );
    assert.equal(branches[1]?.text, ' he');
  });

  it('leaves out half characters, white space, and words that differ only in how they are written', () => {
    const listed = { ' she': 0.4, '“She': 0.2, SHE: 0.1, '\uFFFD': 0.1, ' ': 0.1, '—': 0.05 };
    const [token] = tokensOf([[' she', 0.4, listed]]);
    assert.ok(token);
    assert.deepEqual(
      chooseOpenings(token, ' she', [], 5).map(({ text }) => text),
      [' she', '“She', '—'],
    );
  });
});

describe('Asking apart: from different first tokens, by whichever way there is', () => {
  const unknown = { value: 'unknown', evidence: 'Not tried yet.' } as const;

  async function begun(
    model: LanguageModel,
    n: number,
    choice?: OpeningChoice,
  ): Promise<{ branches: readonly CollectedBranch[]; told: string[] }> {
    const collector = new Collector(n);
    const told: string[] = [];
    const onBegun = ({ branch, opening, instead }: Begun) =>
      told.push(`${branch}:${opening.text}=${Math.exp(opening.logprob).toFixed(2)} for${instead}`);
    const more = { onBegun, ...(choice ? { choice } : {}) };
    for await (const chunk of continueApart(model, passage, options(n), [], never(), more)) {
      collector.add(chunk);
    }
    return { branches: collector.branches, told };
  }

  it('tells how each branch begins and how probable that really was', async () => {
    const { told } = await begun(withOpenings(), 3);
    assert.deepEqual(told, ['0: she=0.50 for she', '1: he=0.10 for she', '2: the=0.08 for she']);
  });

  it('a model of which nothing is known is asked', async () => {
    const model = withOpenings({
      capabilities: { logprobs: { ...unknown, semantics: 'unknown' }, raw: unknown },
    });
    const { branches } = await begun(model, 2);
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she she…', ' he he…'],
    );
  });

  it('one that tells none when asked is told what is taken', async () => {
    const model = scriptedModel({ branches: [writesPlain([' an idea.'])] });
    const { branches, told } = await begun(model, 2);
    assert.deepEqual(told, []);
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' an idea.', ' an idea.'],
    );
    assert.deepEqual(model.requests.at(-1)?.passage.taken, ['an idea.']);
  });

  it('a chat model that goes on with a message that has begun gets the word in it', async () => {
    const model = withOpenings({ capabilities: { raw: no, chat: yes, prefill: yes } });
    model.prompt = () => ({ strategy: 'prefill', parts: [], parameters: {} });
    const { branches, told } = await begun(model, 2);
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she she…', ' he he…'],
    );
    assert.equal(told.length, 2);
    assert.deepEqual(
      model.requests.slice(1).map(({ passage: { emitted } }) => emitted),
      [[{ text: ' she' }], [{ text: ' he' }]],
    );
  });

  it('one that cannot is kept from the words of the branches before, in each spelling', async () => {
    const model = scriptedModel({
      branches: ({ options: { ban = [], maxTokens } }) =>
        maxTokens === 1
          ? [writes([[' she', 0.5, FIRST]])]
          : [writes([[[' she', ' he', ' the'][ban.length === 0 ? 0 : ban.length - 1] ?? '', 0.9]])],
      capabilities: { raw: no, chat: yes, ban: { ...yes, by: 'text' } },
    });
    model.prompt = () => ({ strategy: 'few-shot', parts: [], parameters: {} });
    const { branches, told } = await begun(model, 3);
    assert.deepEqual(
      model.requests.slice(1).map(({ options: { ban = [] } }) => ban.map(({ text }) => text)),
      [[], [' she', ' She'], [' she', ' She', ' he']],
    );
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she', ' he', ' the'],
    );
    assert.deepEqual(told.sort(), [
      '0: she=0.50 for she',
      '1: he=0.10 for she',
      '2: the=0.08 for she',
    ]);
  });

  it('one that wants ids is not kept from words without any', async () => {
    const model = withOpenings({
      capabilities: { raw: no, chat: yes, ban: { ...yes, by: 'id' } },
    });
    model.prompt = () => ({ strategy: 'few-shot', parts: [], parameters: {} });
    const { told } = await begun(model, 2);
    assert.deepEqual(told, []);
    assert.ok(model.requests.every(({ options: { ban } }) => ban === undefined));
  });

  it('the most different ones, where that is wanted, and none that is next to impossible', async () => {
    const listed = { ' she': 0.5, ' shed': 0.2, ' shell': 0.1, ' “No': 0.03, ' 7': 0.001 };
    const model = scriptedModel({
      branches: ({ options: { maxTokens } }) =>
        maxTokens === 1 ? [writes([[' she', 0.5, listed]])] : [writes([['…', 0.9]])],
    });
    const { branches } = await begun(model, 2, 'different');
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' she…', ' “No…'],
    );
    const [token] = tokensOf([[' she', 0.5, listed]]);
    assert.ok(token);
    const all = chooseOpenings(token, ' she', [], 9, 'different').map(({ text }) => text);
    assert.ok(!all.includes(' 7'));
  });

  it('the space that the draft ends with is not doubled', async () => {
    const model = withOpenings();
    const collector = new Collector(2);
    const open = { before: 'Then ', after: '' };
    for await (const chunk of continueApart(model, open, options(2), [], never())) {
      collector.add(chunk);
    }
    assert.deepEqual(
      collector.branches.map(({ text }) => text.slice(0, 3)),
      ['she', 'he '],
    );
  });

  it('says beforehand whether a model can', () => {
    const of = (capabilities: Scripted['capabilities']) =>
      fansOut(scriptedModel({ branches: [], ...(capabilities ? { capabilities } : {}) }));
    assert.equal(of({}), 'yes');
    assert.equal(of({ raw: no }), 'no');
    assert.equal(of({ raw: no, prefill: unknown }), 'unknown');
    assert.equal(of({ logprobs: { ...no, semantics: 'unknown' } }), 'no');
  });
});

describe('Asking apart: naming what is taken', () => {
  const chat = (branches: Scripted['branches']) =>
    scriptedModel({ branches, capabilities: { raw: no } });

  it('names the siblings and the branches before it, one request a branch', async () => {
    const model = chat(({ passage: { taken } }) => [
      writes([[` idea ${taken?.length ?? 0}.`, 0.5]]),
    ]);
    const branches = await collect(model, 3, ['She left.']);
    assert.deepEqual(
      branches.map(({ text }) => text),
      [' idea 1.', ' idea 2.', ' idea 3.'],
    );
    assert.deepEqual(model.requests[2]?.passage.taken, ['She left.', 'idea 1.', 'idea 2.']);
    assert.deepEqual(
      model.requests.map(({ options: { n, seed } }) => [n, seed]),
      [
        [1, 7],
        [1, 8],
        [1, 9],
      ],
    );
  });

  it('starts the next branch when the beginning of the one before is known', async () => {
    const long = Array.from({ length: 60 }, (_, at) => ` word${at}`);
    const model = chat(({ passage: { taken } }) => [
      taken?.length === 0
        ? writes(long.map((word) => [word, 0.5])).slice(0, -1)
        : writes([[' b', 1]]),
    ]);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const chunk of continueApart(model, passage, options(2), [], stop.signal)) {
      if (chunk.branch === 1 && chunk.kind === 'end') {
        stop.abort();
      }
      seen.push(`${chunk.branch} ${chunk.kind}`);
    }
    assert.ok(seen.includes('1 end'));
    assert.equal(model.requests[1]?.passage.taken?.[0]?.split(' ').length, 30);
    assert.equal(seen.at(-1), '0 end');
  });

  it('a request that fails fails its own branch, and the next one goes on', async () => {
    const model = chat(() => [writes([[' fine', 1]])]);
    let count = 0;
    const failing: LanguageModel = {
      ...model,
      continue: (...args) => {
        if (++count === 1) {
          throw new Error('broken');
        }
        return model.continue(...args);
      },
    };
    const branches = await collect(failing, 2);
    assert.deepEqual(
      branches.map(({ status }) => status),
      ['failed', 'done'],
    );
  });
});
