import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Draft } from '../../../src/core/model/sketch/draft';
import { Distribution } from '../../../src/core/model/sketch/distribution';
import { emptyBase, type SketchBase } from '../../../src/core/model/sketch/base';
import { Mixture } from '../../../src/core/model/sketch/mixture';
import { Tokenizer } from '../../../src/core/model/sketch/tokenizer';
import { ManualClock } from '../../fixtures/manualClock';
import { anyText, never, prose, trainBase } from './helpers';

const SAMPLE = prose(120);
const base = trainBase(SAMPLE);
const OWN =
  'Marguerite kept the ferry. Marguerite mended the zither; the zither sang! “Zither,” she said. ';

async function withDraft(weight = 0.4, on: SketchBase = base): Promise<Mixture> {
  const draft = new Draft(on);
  await draft.learn(OWN.repeat(3), 0, true, new ManualClock(), never());
  const { model, spelled, vocabulary } = draft;
  return new Mixture(on, { vocabulary, model, spelled, weight });
}

/** Contexts that were seen, half seen, never seen, and none at all. */
const contexts = fc.oneof(
  fc.constant(''),
  fc.nat(2000).map((from) => SAMPLE.slice(from, from + 60)),
  fc.nat(80).map((from) => OWN.slice(from)),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

function statesAfter(mixture: Mixture, text: string): number[] {
  const states = mixture.start();
  for (const token of new Tokenizer().tokens(text)) {
    mixture.advance(states, mixture.vocabulary.find(token));
  }
  return states;
}

describe('Sketch: the mixture', () => {
  it('gives the whole vocabulary and the unknown word 1 together', async () => {
    for (const mixture of [
      new Mixture(base),
      await withDraft(),
      new Mixture(emptyBase()),
      await withDraft(1, emptyBase()),
    ]) {
      fc.assert(
        fc.property(contexts, (text) => {
          const states = statesAfter(mixture, text);
          let sum = mixture.unknown(states);
          for (let token = 0; token < mixture.size; token++) {
            const p = mixture.probability(states, token);
            assert.ok(p >= 0);
            sum += p;
          }
          assert.ok(Math.abs(sum - 1) < 1e-9, `${sum} after ${JSON.stringify(text)}`);
        }),
        { seed: 1, numRuns: 40 },
      );
    }
  });

  it('gives any text a finite probability, an unknown word that of its spelling', async () => {
    const mixture = await withDraft();
    fc.assert(
      fc.property(contexts, anyText, (text, tail) => {
        const next = `x${tail}`;
        const logprob = mixture.logprob(statesAfter(mixture, text), next);
        assert.ok(logprob < 0 && Number.isFinite(logprob));
      }),
      { seed: 2 },
    );
    const states = mixture.start();
    const ratio = mixture.logprob(states, ' wended') - mixture.logprob(states, ' qzxqwk');
    const spelling = base.spelling.logprob(' wended') - base.spelling.logprob(' qzxqwk');
    assert.ok(Math.abs(ratio - spelling) < 1e-9);
    assert.ok(ratio > 0, 'a word that looks like one is likelier');
  });

  it('weighs the two, and hands the base what the draft keeps for words it has not seen', async () => {
    const mixture = await withDraft(0.25);
    const states = statesAfter(mixture, 'kept the');
    const token = mixture.vocabulary.find(' ferry');
    const [ours = 0, drafts = 0] = mixture.parts.map(({ model }, i) =>
      model.probability(states[i] ?? 0, token),
    );
    const unseen = mixture.parts[1]?.model.unseen(states[1] ?? 0) ?? 0;
    const expected = (0.75 + 0.25 * unseen) * ours + 0.25 * drafts;
    assert.ok(ours > 0 && drafts > 0 && unseen > 0);
    assert.ok(Math.abs(mixture.probability(states, token) - expected) < 1e-12);
  });

  it('has a sparse form that agrees with it, and finds the true best', async () => {
    for (const mixture of [new Mixture(base), await withDraft()]) {
      const distribution = new Distribution(mixture);
      const dense = new Float64Array(mixture.size);
      fc.assert(
        fc.property(contexts, fc.nat(20), (text, k) => {
          const states = statesAfter(mixture, text);
          distribution.fill(states);
          distribution.spread(dense);
          const all: { token: number; probability: number }[] = [];
          for (let token = 0; token < mixture.size; token++) {
            const probability = mixture.probability(states, token);
            assert.ok(Math.abs(distribution.probability(token) - probability) < 1e-12);
            assert.ok(Math.abs((dense[token] ?? 0) - probability) < 1e-12);
            all.push({ token, probability });
          }
          all.sort((a, b) => b.probability - a.probability);
          const top = distribution.top(k);
          assert.equal(top.length, k);
          top.forEach(({ token, probability }, i) => {
            assert.ok(Math.abs(probability - (all[i]?.probability ?? 0)) < 1e-12);
            assert.ok(Math.abs(probability - mixture.probability(states, token)) < 1e-12);
          });
          assert.equal(new Set(top.map(({ token }) => token)).size, k);
        }),
        { seed: 3, numRuns: 60 },
      );
    }
  });
});

describe('Sketch: spelling', () => {
  it('sums to 1 over the next letter, and the end', () => {
    const { spelling } = trainBase('the other naïve then otter');
    const { letters } = spelling;
    assert.ok(letters.includes('ï'));
    for (const before of ['', 't', ' th', 'xyz', 'ïv', '漢']) {
      let sum = spelling.letterProbability(before, null);
      for (const letter of letters) {
        sum += spelling.letterProbability(before, letter);
      }
      sum += (0x110000 - letters.length) * spelling.letterProbability(before, '\u{10fffe}');
      assert.ok(Math.abs(sum - 1) < 1e-9, `${sum} after ${before}`);
    }
  });

  it('sums to 1 when nothing was learnt', () => {
    const { spelling } = emptyBase();
    const p = spelling.letterProbability('', 'a');
    assert.ok(Math.abs(0x110000 * p + spelling.letterProbability('', null) - 1) < 1e-9);
  });

  it('multiplies letters up to the word', () => {
    const { spelling } = trainBase('ab abc b');
    const product =
      spelling.letterProbability('', 'a') *
      spelling.letterProbability('a', 'b') *
      spelling.letterProbability('ab', null);
    assert.ok(Math.abs(Math.log(product) - spelling.logprob('ab')) < 1e-12);
    assert.ok(spelling.prefixLogprob('ab') > spelling.logprob('ab'));
  });
});
