import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Draft } from '../../../src/core/model/sketch/draft';
import { Distribution } from '../../../src/core/model/sketch/distribution';
import { emptyBase, type SketchBase } from '../../../src/core/model/sketch/base';
import { Mixture } from '../../../src/core/model/sketch/mixture';
import { ProseCache } from '../../../src/core/model/sketch/proseCache';
import { mix } from '../../../src/core/model/sketch/sketchModel';
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

const OTHER = 'Ottoline kept the zither. Marguerite, the old mare, crossed the xebec again. ';

/** Base, other prose, draft. */
async function layered(own = OWN.repeat(3), on: SketchBase = base): Promise<Mixture> {
  const prose = new ProseCache(new ManualClock());
  await prose.read(on, [OTHER.repeat(4), SAMPLE.slice(300, 900)], never());
  const draft = new Draft(on, prose.current);
  await draft.learn(own, 0, true, new ManualClock(), never());
  return mix(on, draft);
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
      await layered(),
      await layered(''),
      await layered(OWN, emptyBase()),
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
    const mixture = await layered();
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

  it('lays the draft over the other prose, and that over the base', async () => {
    const mixture = await layered();
    const states = statesAfter(mixture, 'kept the');
    const [w, d] = [1, 2].map((part) => mixture.layers[part - 1]?.weight ?? NaN) as [
      number,
      number,
    ];
    const token = mixture.vocabulary.find(' zither');
    const [, other, own] = mixture.parts.map(({ model }, i) => ({
      p: model.probability(states[i] ?? 0, token),
      unseen: model.unseen(states[i] ?? 0),
    }));
    assert.ok(other && own && other.p > 0 && own.p > 0);
    const spelt = mixture.spelledShares[token - mixture.known] ?? NaN;
    const least = base.model.unseen(states[0] ?? 0) * spelt;
    const below = w * other.p + (1 - w + w * other.unseen) * least;
    const expected = d * own.p + (1 - d + d * own.unseen) * below;
    assert.ok(Math.abs(mixture.probability(states, token) - expected) < 1e-12);
  });

  it('has a sparse form that agrees with it, and finds the true best', async () => {
    for (const mixture of [new Mixture(base), await withDraft(), await layered()]) {
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
