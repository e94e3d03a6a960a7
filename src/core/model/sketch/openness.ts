import type { Openness } from '../openness';
import type { Mixture } from './mixture';
import type { Sink, Unigrams } from './ngramModel';
import { placeAt } from './opening';
import { alignStart, Tokenizer } from './tokenizer';
import { UNKNOWN } from './vocabulary';

/** So many tokens before a place are read again: the last ones may change with where the text is cut. */
const AGAIN = 3;

/**
 * How open places are to the trained base: the entropy of the next token in bits (all words not in the
 * vocabulary count as one outcome) and the rank of the one that came (from 1; a word not in the
 * vocabulary ranks after all that are more probable than its spelling).
 *
 * Only tokens seen after some context are looked at one by one. All others have the share `rest` of
 * their unigrams u, so that their part of the entropy is −rest (Σ u log u + log rest Σ u).
 */
export class OpennessMeter implements Sink {
  private readonly listed: Int32Array;
  private readonly masses: Float64Array;
  private readonly unigrams: Unigrams;
  /** By token, what it has with no context. */
  private readonly unigram: Float64Array;
  /** u log u, by token, and of all together. */
  private readonly unigramLog: Float64Array;
  private readonly allUnigrams: number;
  private readonly allUnigramLogs: number;
  private count = 0;

  /** @param mixture of the base alone */
  constructor(readonly mixture: Mixture) {
    const { size } = mixture;
    this.listed = new Int32Array(size);
    this.masses = new Float64Array(size);
    const [part] = mixture.parts;
    this.unigrams = part?.model.unigrams ?? NO_UNIGRAMS;
    this.unigram = part?.unigram ?? new Float64Array(size);
    this.unigramLog = this.unigram.map(plogp);
    this.allUnigrams = this.unigram.reduce((sum, u) => sum + u, 0);
    this.allUnigramLogs = this.unigramLog.reduce((sum, u) => sum + u, 0);
  }

  /** The place after a text. */
  at(context: string, next?: string): Openness {
    const { mixture } = this;
    const { states, last } = placeAt(mixture, context);
    if (last !== '') {
      mixture.advance(states, mixture.vocabulary.find(last));
    }
    return this.measure(states, next ?? '');
  }

  /** Places of one text, ascending, each as `at` would have it with the rest of the text after it. */
  over(text: string, places: readonly number[]): Openness[] {
    const reader = new Reader(this.mixture, text, places[0] ?? 0);
    return places.map((place) => this.measure(reader.statesAt(place), text.slice(place)));
  }

  add(token: number, mass: number): void {
    const known = this.masses[token] ?? 0;
    if (mass <= 0) {
      return;
    }
    if (known === 0) {
      this.listed[this.count++] = token;
    }
    this.masses[token] = known + mass;
  }

  omit(): void {
    throw new RangeError('the meter asks for all tokens');
  }

  private measure(states: readonly number[], next: string): Openness {
    const { mixture, listed, masses, unigram, unigramLog } = this;
    const [part] = mixture.parts;
    this.count = 0;
    const rest = part?.model.scatter(states[0] ?? 0, 1, this, Infinity) ?? 1;
    let plain = this.allUnigrams;
    let plainLogs = this.allUnigramLogs;
    let nats = -plogp(mixture.unknown(states));
    for (let i = 0; i < this.count; i++) {
      const token = listed[i] ?? 0;
      const u = unigram[token] ?? 0;
      plain -= u;
      plainLogs -= unigramLog[token] ?? 0;
      nats -= plogp((masses[token] ?? 0) + rest * u);
    }
    // What is left of both after all were taken off may be a rounding error below nothing.
    nats -= rest > 0 ? rest * (plainLogs + Math.log(rest) * Math.max(0, plain)) : 0;
    const rank = next === '' ? null : this.rankOf(states, next, rest);
    for (let i = 0; i < this.count; i++) {
      masses[listed[i] ?? 0] = 0;
    }
    return { entropy: Math.max(0, nats / Math.LN2), rank };
  }

  private rankOf(states: readonly number[], next: string, rest: number): number {
    const { mixture, listed, masses, unigram } = this;
    const text = next.slice(0, new Tokenizer().end(next, 0));
    const token = mixture.vocabulary.find(text);
    const own =
      token === UNKNOWN
        ? Math.exp(mixture.logprob(states, text))
        : (masses[token] ?? 0) + rest * (unigram[token] ?? 0);
    let above = rest > 0 ? this.unigramsAbove(own, rest) : 0;
    for (let i = 0; i < this.count; i++) {
      const other = listed[i] ?? 0;
      const plain = rest * (unigram[other] ?? 0);
      above += (masses[other] ?? 0) + plain > own ? 1 : 0;
      above -= plain > own ? 1 : 0;
    }
    return above + 1;
  }

  /** How many tokens have more than `mass` by their unigrams alone. */
  private unigramsAbove(mass: number, rest: number): number {
    const { masses } = this.unigrams;
    let low = 0;
    let high = masses.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (rest * (masses[middle] ?? 0) > mass) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

const NO_UNIGRAMS: Unigrams = { tokens: new Int32Array(), masses: new Float64Array(), unseen: 1 };

/** The states at ascending places of a text, which is read once. */
class Reader {
  private readonly tokenizer = new Tokenizer();
  /** Where the latest tokens begin, oldest first, the states there; the last is how far the text was read. */
  private latest: { at: number; states: readonly number[] }[];

  constructor(
    private readonly mixture: Mixture,
    private readonly text: string,
    first: number,
  ) {
    const at = alignStart(text, first - REACH);
    this.latest = [{ at, states: at === 0 ? mixture.start() : mixture.blank() }];
  }

  statesAt(place: number): number[] {
    this.readUpTo(place);
    const index = this.latest.findLastIndex(({ at }) => at <= place);
    const from = this.latest[Math.max(0, index - AGAIN)] ?? { at: 0, states: this.mixture.start() };
    const states = [...from.states];
    for (const token of this.tokenizer.tokens(this.text.slice(from.at, place))) {
      this.mixture.advance(states, this.mixture.vocabulary.find(token));
    }
    return states;
  }

  private readUpTo(place: number): void {
    for (let last = this.latest.at(-1); last !== undefined && last.at < place;) {
      const at = this.tokenizer.end(this.text, last.at);
      const states = [...last.states];
      this.mixture.advance(states, this.mixture.vocabulary.find(this.text.slice(last.at, at)));
      last = { at, states };
      this.latest.push(last);
    }
    this.latest = this.latest.slice(-KEPT);
  }
}

/** As much of the text before the first place as can matter, in UTF-16 code units. */
const REACH = 800;
/** Tokens kept behind how far a text was read: those read again, and the one that was read past a place. */
const KEPT = AGAIN + 3;

function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0;
}
