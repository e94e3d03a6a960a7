import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readBase } from '../../../src/core/model/sketch/base';
import { Distribution } from '../../../src/core/model/sketch/distribution';
import { Mixture } from '../../../src/core/model/sketch/mixture';
import { placeAt } from '../../../src/core/model/sketch/opening';
import { OpennessMeter } from '../../../src/core/model/sketch/openness';
import { Tokenizer } from '../../../src/core/model/sketch/tokenizer';
import { prose, trainBase } from './helpers';

const media = new URL('../../../media/', import.meta.url);
const shipped = readBase(readFileSync(new URL('sketch.bin', media)));
const sample = readFileSync(new URL('sample/draft.md', media), 'utf8').slice(0, 4000);
const odd = `${prose(8)}\n\n  "Don't," he said…  漢字 \ud83d zzyzx and 3.14--so. ${prose(3)}`;

/** Entropy and rank by looking at every token. */
function plainly(mixture: Mixture, context: string, next: string) {
  const { states, last } = placeAt(mixture, context);
  if (last !== '') {
    mixture.advance(states, mixture.vocabulary.find(last));
  }
  const distribution = new Distribution(mixture);
  const masses = new Float64Array(mixture.size);
  distribution.fill(states);
  distribution.spread(masses);
  const token = next.slice(0, new Tokenizer().end(next, 0));
  const own = Math.exp(mixture.logprob(states, token));
  const all = [...masses, distribution.unknown].filter((p) => p > 0);
  return {
    entropy: -all.reduce((sum, p) => sum + p * Math.log2(p), 0),
    // Rounding may part equals: they rank somewhere between these.
    least: masses.filter((p) => p > own * (1 + 1e-9)).length + 1,
    most: masses.filter((p) => p > own * (1 - 1e-9)).length + 1,
  };
}

describe('Sketch: openness', () => {
  for (const [name, base, text] of [
    ['a small model', trainBase(prose(120)), odd],
    ['the model that ships', shipped, sample],
  ] as const) {
    it(`is what a look at every token gives: ${name}`, () => {
      const mixture = new Mixture(base);
      const meter = new OpennessMeter(mixture);
      for (let at = 0; at < text.length; at += Math.ceil(text.length / 40)) {
        const { entropy, rank } = meter.at(text.slice(0, at), text.slice(at));
        const plain = plainly(mixture, text.slice(0, at), text.slice(at));
        assert.ok(Math.abs(entropy - plain.entropy) < 1e-6, `${at}: ${entropy} ${plain.entropy}`);
        assert.ok(rank !== null && rank >= plain.least && rank <= plain.most, `${at}: ${rank}`);
      }
    });

    it(`is the same for many places at once, on whole tokens or not: ${name}`, () => {
      const meter = new OpennessMeter(new Mixture(base));
      const start = Math.max(0, text.length - 1500);
      const places = Array.from({ length: text.length - start }, (_, i) => start + i);
      for (const some of [places, places.filter((at) => at % 7 === 0), [], [0], [text.length]]) {
        const over = meter.over(text, some);
        assert.equal(over.length, some.length);
        over.forEach(({ entropy, rank }, i) => {
          const at = some[i] ?? 0;
          const one = meter.at(text.slice(0, at), text.slice(at));
          assert.ok(Math.abs(entropy - one.entropy) < 1e-9, `${at}`);
          assert.equal(rank, one.rank, `${at}`);
        });
      }
    });
  }
});
