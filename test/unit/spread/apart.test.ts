import assert from 'node:assert/strict';
import type { Chunk, LanguageModel, Options } from '../../../src/core/model/languageModel';
import { Collector, type CollectedBranch } from '../../../src/core/model/collector';
import { DEFAULT_OPTIONS } from '../../../src/core/model/options';
import { continueApart } from '../../../src/core/spread/continueApart';
import { chooseOpenings } from '../../../src/core/spread/openings';
import { scriptedModel, tokensOf, writes, type Scripted } from '../../fixtures/scriptedModel';

const passage = { before: 'Then', after: '' };
const no = { value: 'no', evidence: 'The script says so.' } as const;
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
