import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Collector } from '../../../src/core/model/collector';
import type { Options } from '../../../src/core/model/languageModel';
import { beginningAt, continueForks, passageAfter } from '../../../src/core/spread/forks';
import { whyUnpickable } from '../../../src/core/spread/pickable';
import { readFreezeMark, writeFreezeMark } from '../../../src/core/tree/freezeMark';
import { readForkMark, writeForkMark, type ForkMark } from '../../../src/core/tree/forkMark';
import { scriptedModel, tokensOf, writes, type Part } from '../../fixtures/scriptedModel';

const OPTIONS: Options = {
  n: 1,
  maxTokens: 20,
  temperature: 1,
  topP: 1,
  minP: 0,
  alternatives: 5,
};
const signal = new AbortController().signal;

const piece = fc.constantFrom(' a', 'b', '👩‍👩‍👧', ' “x”', '\n\n', 'é', '', ' rain.', '雨');
const run = fc.array(piece, { minLength: 1, maxLength: 12 }).map((texts) => {
  const parts = texts.map((text): Part => [text, 0.5, { [text]: 0.5, ' other': 0.25 }]);
  return { text: texts.join(''), tokens: tokensOf(parts) };
});

describe('forks: beginnings', () => {
  it('keep the text and the tokens before the fork as they are, and tile', () => {
    fc.assert(
      fc.property(run, fc.nat(), (branch, at) => {
        const index = at % branch.tokens.length;
        const emitted = branch.tokens[index];
        assert.ok(emitted);
        const alternative = { text: ' other', logprob: Math.log(0.25) };
        const text = branch.text.slice(emitted.start, emitted.end);
        const made = beginningAt(branch, index, { alternative, emitted: { ...emitted, text } });
        assert.equal(made.text, `${branch.text.slice(0, emitted.start)} other`);
        assert.deepEqual(made.tokens.slice(0, -1), branch.tokens.slice(0, index));
        const last = made.tokens.at(-1);
        assert.deepEqual([last?.start, last?.end], [emitted.start, made.text.length]);
        assert.equal(last?.logprob, alternative.logprob);
      }),
    );
  });

  it('list the token that gave way, where the server left it out', () => {
    const emitted = {
      text: ' x',
      logprob: Math.log(0.5),
      alternatives: [{ text: ' y', logprob: Math.log(0.4) }],
      tail: 0.1,
    };
    const alternative = { text: ' y', logprob: Math.log(0.4) };
    const [token] = beginningAt({ text: ' x', tokens: [] }, 0, { alternative, emitted }).tokens;
    assert.deepEqual(
      token?.alternatives.map(({ text }) => text),
      [' x', ' y'],
    );
  });

  it('come first in each branch; its own words go to the model, and what follows is the model’s', async () => {
    const model = scriptedModel({
      branches: ({ passage }) => [writes([[` after ${passage.before.slice(-1)}`, 0.5]])],
    });
    const beginnings = ['x', 'y'].map((text) => ({
      text: ` the ${text}`,
      tokens: tokensOf([
        [' the', 0.9],
        [` ${text}`, 0.01],
      ]),
    }));
    const collector = new Collector(2);
    const passage = { before: 'Once.', after: '' };
    for await (const chunk of continueForks(model, passage, OPTIONS, beginnings, signal)) {
      collector.add(chunk);
    }
    assert.deepEqual(
      collector.branches.map(({ text, status }) => [text, status]),
      [
        [' the x after x', 'done'],
        [' the y after y', 'done'],
      ],
    );
    for (const { text, tokens } of collector.branches) {
      assert.equal(tokens.map(({ start, end }) => text.slice(start, end)).join(''), text);
      assert.equal(tokens[1]?.logprob, Math.log(0.01));
    }
    assert.ok(model.requests.every(({ options }) => options.n === 1 && options.maxTokens === 18));
  });

  it('do not count for the reach: a sentence in them ends nothing', async () => {
    const model = scriptedModel({ branches: [writes([[' left. Then more.', 0.5]])] });
    const beginning = {
      text: ' It rained. She',
      tokens: tokensOf([
        [' It rained.', 0.5],
        [' She', 0.1],
      ]),
    };
    const collector = new Collector(1);
    const options = { ...OPTIONS, reach: 'sentence' as const };
    const passage = { before: 'Once.', after: '' };
    for await (const chunk of continueForks(model, passage, options, [beginning], signal)) {
      collector.add(chunk);
    }
    assert.equal(collector.branches[0]?.text, ' It rained. She left.');
  });

  it('fail alone', async () => {
    const model = scriptedModel({
      branches: ({ passage }) => {
        if (passage.before.endsWith('x')) {
          throw new Error('gone');
        }
        return [writes([[' on', 0.5]])];
      },
    });
    const beginnings = ['x', 'y'].map((text) => ({ text, tokens: tokensOf([[text, 0.1]]) }));
    const collector = new Collector(2);
    for await (const chunk of continueForks(
      model,
      { before: '', after: '' },
      OPTIONS,
      beginnings,
      signal,
    )) {
      collector.add(chunk);
    }
    assert.deepEqual(
      collector.branches.map(({ text, status }) => [text, status]),
      [
        ['x', 'failed'],
        ['y on', 'done'],
      ],
    );
  });

  it('go as token ids as far back as these are certain', () => {
    const tokens = tokensOf([
      [' a', 0.5],
      ['é', 0.5],
      [' b', 0.5],
      [' c', 0.1],
    ]).map((token, id) => ({ ...token, id }));
    const passage = passageAfter({ before: 'Once.', after: '' }, { text: ' aé b c', tokens });
    assert.equal(passage.before, 'Once. aé b c');
    // What servers tell of é may be its last byte alone.
    assert.deepEqual(passage.emitted, [
      { text: ' a', id: 0 },
      { text: 'é' },
      { text: ' b', id: 2 },
      { text: ' c', id: 3 },
    ]);
    const bare = tokensOf([[' a', 0.5]]);
    const plain = passageAfter({ before: 'Once.', after: '' }, { text: ' a', tokens: bare });
    assert.deepEqual(plain.emitted, [{ text: ' a' }]);
    const foreign = { text: ' aé b c', tokens, foreign: true } as const;
    assert.equal(passageAfter({ before: 'Once.', after: '' }, foreign).emitted, undefined);
  });
});

describe('forks: what can be picked', () => {
  it('is text, and whole', () => {
    assert.equal(whyUnpickable(' rain', ' the'), null);
    assert.equal(whyUnpickable('\n\n', ' the'), null);
    assert.equal(whyUnpickable('<b>', undefined), null);
    assert.equal(whyUnpickable('\uFFFD', ' the'), 'part');
    assert.equal(whyUnpickable('', ' the'), 'end');
    assert.equal(whyUnpickable('<|im_end|>', ' the'), 'end');
    assert.equal(whyUnpickable('</s>', ' the'), 'end');
    assert.equal(whyUnpickable(' rain', ''), 'inside');
  });
});

describe('forks: the mark on a node', () => {
  const mark: ForkMark = {
    kind: 'escape',
    of: 'node-1',
    at: 4,
    text: ' rain',
    logprob: -6,
    instead: ' snow',
    told: true,
  };

  it('reads what it wrote', () => {
    assert.deepEqual(readForkMark(writeForkMark(mark)), mark);
    const { of: _, ...own } = mark;
    assert.deepEqual(readForkMark(writeForkMark(own)), own);
  });

  it('is none where it is damaged', () => {
    for (const value of [undefined, '', '{', '[]', '{"kind":"other"}']) {
      assert.equal(readForkMark(value), undefined);
    }
    assert.equal(readForkMark(JSON.stringify({ ...mark, logprob: 1 })), undefined);
    assert.equal(readForkMark(JSON.stringify({ ...mark, at: '4' })), undefined);
    assert.equal(readForkMark(JSON.stringify({ ...mark, of: 4 })), undefined);
  });
});

describe('forks: what resampling told, as a mark', () => {
  const text = 'It rained. She slept.';
  const borders = [
    { sentence: { start: 0, end: 10 }, futures: 3.5 },
    { sentence: { start: 10, end: 21 }, futures: null },
  ];

  it('reads what it wrote', () => {
    assert.deepEqual(readFreezeMark(writeFreezeMark(borders), text), borders);
  });

  it('is none where it is damaged, or of another text', () => {
    for (const value of [undefined, '', '{}', '[1]', '[[0,10]]', '[[0,10,0.5]]', '[[4,4,1]]']) {
      assert.equal(readFreezeMark(value, text), undefined, value);
    }
    assert.equal(readFreezeMark(writeFreezeMark(borders), 'It rained.'), undefined);
  });
});
