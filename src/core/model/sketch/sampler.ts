import type { Options } from '../languageModel';
import type { Distribution } from './distribution';
import type { Random } from './random';
import { UNKNOWN } from './vocabulary';

/** Whether a token may be written here; says nothing about its probability. */
export type Allowed = (token: number) => boolean;

/** What shapes a draw. */
export type SamplingOptions = Pick<
  Options,
  'temperature' | 'topP' | 'minP' | 'topK' | 'xtcProbability' | 'xtcThreshold'
>;

/** Where exclusion begins when only its probability is set: the value that its author recommends. */
const XTC_THRESHOLD = 0.1;
/** How often a forbidden token is drawn again before the best allowed one is taken. */
const TRIES = 64;

/**
 * Chooses the next token. Order of things: with `attested`, only tokens listed for this
 * context count, by their trusted mass (any pair of tokens has then been read somewhere, most threes
 * too, which is what keeps a clause together); top-k, top-p and min-p cut that distribution; XTC may take its
 * most probable tokens out; temperature reshapes what is left; one is drawn. A draw
 * that is not allowed is drawn again, so the allowed ones are renormalised. Words that would have to
 * be spelt are never drawn.
 */
export class Sampler {
  /** The candidates' ids and weights; the first `count` are valid. */
  private readonly tokens: Int32Array;
  private readonly weights: Float64Array;
  private count = 0;

  constructor(
    private readonly options: SamplingOptions,
    private readonly random: Random,
    size: number,
  ) {
    this.tokens = new Int32Array(size);
    this.weights = new Float64Array(size);
  }

  /** A token, or `UNKNOWN` when none is allowed. */
  pick(distribution: Distribution, attested: boolean, allowed: Allowed): number {
    if (attested && distribution.count === 0) {
      return UNKNOWN;
    }
    if (this.options.temperature > 0) {
      const total = this.reshape(distribution, attested);
      for (let tries = 0; tries < TRIES; tries++) {
        const token = this.draw(total);
        if (token !== UNKNOWN && allowed(token)) {
          return token;
        }
      }
    }
    this.gather(distribution, attested);
    return this.best(allowed);
  }

  /**
   * XTC, "exclude top choices": with its probability, of the kept tokens at or above its threshold only the
   * least probable one stays.
   * @returns from which mass on tokens go, and the place of the one that stays
   * @see https://github.com/oobabooga/text-generation-webui/pull/6335
   */
  private exclusion(masses: Float64Array, floor: number): { from: number; stays: number } {
    const { xtcProbability = 0, xtcThreshold = XTC_THRESHOLD } = this.options;
    const nothing = { from: Infinity, stays: -1 };
    if (xtcProbability <= 0 || this.random() >= xtcProbability) {
      return nothing;
    }
    const sum = masses.reduce((total, p) => (p >= floor ? total + p : total), 0);
    const from = Math.max(floor, xtcThreshold * sum);
    let stays = -1;
    let count = 0;
    for (let i = 0; i < masses.length; i++) {
      const p = masses[i] ?? 0;
      if (p > 0 && p >= from) {
        count += 1;
        stays = stays === -1 || p < (masses[stays] ?? 0) ? i : stays;
      }
    }
    return count > 1 ? { from, stays } : nothing;
  }

  private best(allowed: Allowed): number {
    let best = UNKNOWN;
    let most = 0;
    for (let i = 0; i < this.count; i++) {
      const weight = this.weights[i] ?? 0;
      const token = this.tokens[i] ?? UNKNOWN;
      if (weight > most && allowed(token)) {
        best = token;
        most = weight;
      }
    }
    return best;
  }

  private draw(total: number): number {
    let u = this.random() * total;
    for (let i = 0; i < this.count; i++) {
      u -= this.weights[i] ?? 0;
      if (u < 0) {
        return this.tokens[i] ?? UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  /** Takes the candidates with their probabilities. */
  private gather(distribution: Distribution, attested: boolean): void {
    const { tokens, weights } = this;
    if (attested) {
      this.count = distribution.count;
      for (let slot = 0; slot < this.count; slot++) {
        const token = distribution.tokens[slot] ?? 0;
        tokens[slot] = token;
        weights[slot] = distribution.trusted[slot] ?? 0;
      }
      return;
    }
    this.count = weights.length;
    distribution.spread(weights);
    for (let token = 0; token < this.count; token++) {
      tokens[token] = token;
    }
  }

  /** Gathers the candidates and weighs them by the options; returns the sum of the weights. */
  private reshape(distribution: Distribution, attested: boolean): number {
    const { temperature, topP, minP, topK = 0 } = this.options;
    this.gather(distribution, attested);
    const masses = this.weights.subarray(0, this.count);
    let most = 0;
    let sum = 0;
    for (const mass of masses) {
      most = Math.max(most, mass);
      sum += mass;
    }
    const floor = Math.max(
      minP * most,
      topP < 1 ? nucleusFloor(masses, topP * sum) : 0,
      topK > 0 ? rankFloor(masses, topK) : 0,
    );
    const { from, stays } = this.exclusion(masses, floor);
    let total = 0;
    for (let i = 0; i < masses.length; i++) {
      const p = masses[i] ?? 0;
      const kept = p > 0 && p >= floor && (p < from || i === stays);
      // Relative to the best, so that a low temperature does not underflow.
      const weight = !kept ? 0 : temperature === 1 ? p : (p / most) ** (1 / temperature);
      masses[i] = weight;
      total += weight;
    }
    return total;
  }
}

/** The probability of the token of this rank, from 1; 0 when there are fewer. */
export function rankFloor(masses: Float64Array, rank: number): number {
  const sorted = masses.filter((p) => p > 0).sort();
  return sorted[sorted.length - rank] ?? 0;
}

/** The least probability in the smallest set of tokens that has at least this mass. */
export function nucleusFloor(masses: Float64Array, mass: number): number {
  // Sorting all is slow: find the power of two where the set ends, then sort only that one.
  const bins = new Float64Array(64);
  const binOf = new Uint8Array(masses.length);
  for (let i = 0; i < masses.length; i++) {
    const p = masses[i] ?? 0;
    if (p > 0) {
      const bin = Math.min(63, Math.floor(-Math.log2(p)));
      binOf[i] = bin;
      bins[bin] = (bins[bin] ?? 0) + p;
    }
  }
  let sum = 0;
  for (let bin = 0; bin < bins.length; bin++) {
    const here = bins[bin] ?? 0;
    if (sum + here >= mass) {
      const sorted = masses.filter((p, i) => p > 0 && binOf[i] === bin).sort();
      let floor = 0;
      for (let i = sorted.length - 1; i >= 0 && sum < mass; i--) {
        floor = sorted[i] ?? 0;
        sum += floor;
      }
      return floor;
    }
    sum += here;
  }
  return 0;
}
