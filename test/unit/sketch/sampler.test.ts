import assert from 'node:assert/strict';
import { Distribution } from '../../../src/core/model/sketch/distribution';
import { Mixture } from '../../../src/core/model/sketch/mixture';
import { seededRandom } from '../../../src/core/model/sketch/random';
import {
  nucleusFloor,
  rankFloor,
  Sampler,
  type SamplingOptions,
} from '../../../src/core/model/sketch/sampler';
import { UNKNOWN } from '../../../src/core/model/sketch/vocabulary';
import { prose, trainBase } from './helpers';

const mixture = new Mixture(trainBase(prose(100)));
const distribution = new Distribution(mixture);
const states = mixture.start();
mixture.advance(states, mixture.vocabulary.find(' the'));
distribution.fill(states);

const all = () => true;
const plain: SamplingOptions = { temperature: 1, topP: 1, minP: 0 };
const DRAWS = 20_000;

function frequencies(settings: SamplingOptions, attested: boolean, allowed = all): Float64Array {
  const sampler = new Sampler(settings, seededRandom(5, 0), mixture.size);
  const counts = new Float64Array(mixture.size);
  for (let i = 0; i < DRAWS; i++) {
    const token = sampler.pick(distribution, attested, allowed);
    counts[token] = (counts[token] ?? 0) + 1 / DRAWS;
  }
  return counts;
}

/** What the frequencies should be: kept tokens, reshaped and renormalised. */
function expected(weigh: (p: number, token: number) => number): Float64Array {
  const weights = Float64Array.from({ length: mixture.size }, (_, token) =>
    weigh(distribution.probability(token), token),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function assertClose(actual: Float64Array, wanted: Float64Array): void {
  actual.forEach((frequency, token) => {
    // Five standard errors of a frequency.
    const error = 5 * Math.sqrt(((wanted[token] ?? 0) + 1e-4) / DRAWS);
    assert.ok(Math.abs(frequency - (wanted[token] ?? 0)) < error, `token ${token}: ${frequency}`);
  });
}

describe('Sketch: sampling', () => {
  it('top-k keeps the most probable ones', () => {
    const floor = rankFloor(
      Float64Array.from({ length: mixture.size }, (_, token) => distribution.probability(token)),
      3,
    );
    assertClose(
      frequencies({ ...plain, topK: 3 }, false),
      expected((p) => (p >= floor ? p : 0)),
    );
    assert.equal(rankFloor(Float64Array.from([0.5, 0, 0.5]), 3), 0);
  });

  it('XTC leaves one of those that are likely enough, as often as it is told', () => {
    const all = Array.from({ length: mixture.size }, (_, token) => distribution.probability(token));
    const threshold = 0.1 * all.reduce((a, b) => a + b, 0);
    const likely = all.filter((p) => p >= threshold);
    assert.ok(likely.length > 1);
    const stays = all.indexOf(Math.min(...likely));
    const always = { ...plain, xtcProbability: 1, xtcThreshold: 0.1 };
    assertClose(
      frequencies(always, false),
      expected((p, token) => (p < threshold || token === stays ? p : 0)),
    );
    const share = (counts: Float64Array) =>
      counts.reduce((sum, f, token) => ((all[token] ?? 0) >= threshold ? sum + f : sum), 0);
    const [never, ever, sometimes] = [0, 1, 0.25].map((xtcProbability) =>
      share(frequencies({ ...always, xtcProbability }, false)),
    );
    const mixed = 0.75 * (never ?? 0) + 0.25 * (ever ?? 0);
    assert.ok(Math.abs((sometimes ?? 0) - mixed) < 0.02, `${sometimes}, not ${mixed}`);
  });

  it('XTC with one likely token, or none, changes nothing', () => {
    const alone = { ...plain, xtcProbability: 1, xtcThreshold: 0.9 };
    assertClose(
      frequencies(alone, false),
      expected((p) => p),
    );
  });

  it('follows the distribution when nothing is asked', () => {
    assertClose(
      frequencies(plain, false),
      expected((p) => p),
    );
  });

  it('keeps to tokens seen after this context when attested', () => {
    const attested = expected((p, token) => (distribution.has(token) ? p : 0));
    const counts = frequencies({ ...plain, minP: 1e-9 }, true);
    assertClose(counts, attested);
    frequencies(plain, true).forEach((f, token) => assert.ok(f === 0 || distribution.has(token)));
  });

  it('reshapes by temperature after cutting', () => {
    assertClose(
      frequencies({ ...plain, temperature: 0.5 }, false),
      expected((p) => p ** 2),
    );
    assertClose(
      frequencies({ ...plain, temperature: 2 }, false),
      expected((p) => p ** 0.5),
    );
  });

  it('cuts by min-p relative to the best', () => {
    const best = distribution.top(1)[0]?.probability ?? 0;
    const wanted = expected((p) => (p >= 0.3 * best ? p : 0));
    assert.ok(wanted.filter((p) => p > 0).length > 1);
    assertClose(frequencies({ ...plain, minP: 0.3 }, false), wanted);
  });

  it('keeps the smallest set that has the mass asked for', () => {
    const top = distribution.top(mixture.size);
    const target = 0.6 * (1 - distribution.unknown);
    let sum = 0;
    const kept = new Set<number>();
    for (const { token, probability } of top) {
      if (sum < target || probability === distribution.probability([...kept].at(-1) ?? token)) {
        kept.add(token);
      }
      sum += probability;
    }
    const counts = frequencies({ ...plain, topP: 0.6 }, false);
    assertClose(
      counts,
      expected((p, token) => (kept.has(token) ? p : 0)),
    );
  });

  it('takes the best at temperature 0, and the best allowed one', () => {
    const [first, second] = distribution.top(2);
    const sampler = new Sampler({ ...plain, temperature: 0 }, seededRandom(1, 1), mixture.size);
    const best = sampler.pick(distribution, false, all);
    const next = sampler.pick(distribution, false, (token) => token !== best);
    assert.notEqual(best, next);
    // Compared by probability: of equals either may come first.
    assert.ok(Math.abs(distribution.probability(best) - (first?.probability ?? 0)) < 1e-12);
    assert.ok(Math.abs(distribution.probability(next) - (second?.probability ?? 0)) < 1e-12);
    assert.equal(
      sampler.pick(distribution, false, () => false),
      UNKNOWN,
    );
  });

  it('never writes what is not allowed, even where that is nearly everything', () => {
    const only = distribution.top(9)[8]?.token;
    for (const settings of [plain, { ...plain, topP: 0.1 }, { ...plain, temperature: 0.7 }]) {
      const sampler = new Sampler(settings, seededRandom(2, 0), mixture.size);
      for (let i = 0; i < 20; i++) {
        const token = sampler.pick(distribution, false, (candidate) => candidate === only);
        assert.ok(token === only || (token === UNKNOWN && settings.topP < 1));
      }
    }
  });

  it('finds the border of a nucleus', () => {
    const masses = Float64Array.of(0.05, 0.4, 0.1, 0.3, 0.15);
    assert.equal(nucleusFloor(masses, 0.4), 0.4);
    assert.equal(nucleusFloor(masses, 0.41), 0.3);
    assert.equal(nucleusFloor(masses, 0.85), 0.15);
    assert.equal(nucleusFloor(masses, 2), 0);
  });
});

describe('Sketch: random numbers', () => {
  it('are the same for the same seed and stream, and differ otherwise', () => {
    const take = (seed: number, stream: number) => {
      const random = seededRandom(seed, stream);
      return Array.from({ length: 5 }, random).join(' ');
    };
    assert.equal(take(42, 1), take(42, 1));
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const streams = seeds.flatMap((seed) => [0, 1, 2, 63].map((stream) => take(seed, stream)));
    assert.equal(new Set(streams).size, streams.length);
  });

  it('are even over [0, 1)', () => {
    const random = seededRandom(9, 0);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 50_000; i++) {
      const u = random();
      assert.ok(u >= 0 && u < 1);
      bins[Math.floor(u * 10)] = (bins[Math.floor(u * 10)] ?? 0) + 1;
    }
    bins.forEach((count) => assert.ok(Math.abs(count - 5000) < 350, `${count}`));
  });
});
