import type { Openness } from '../openness';
import type { Distribution } from './distribution';
import { placeAt } from './opening';
import { Tokenizer } from './tokenizer';
import { UNKNOWN } from './vocabulary';

/**
 * How open a place is: the entropy of the next token in bits (all words not in the vocabulary count
 * as one outcome) and the rank of the one that came (from 1; a word not in the vocabulary ranks
 * after all that are more probable than its spelling).
 * @param distribution over a mixture
 */
export function opennessAt(distribution: Distribution, context: string, next?: string): Openness {
  const { mixture } = distribution;
  const { states, last } = placeAt(mixture, context);
  if (last !== '') {
    mixture.advance(states, mixture.vocabulary.find(last));
  }
  distribution.fill(states);
  const masses = new Float64Array(mixture.size);
  distribution.spread(masses);
  let nats = -plogp(distribution.unknown);
  for (const p of masses) {
    nats -= plogp(p);
  }
  const entropy = Math.max(0, nats / Math.LN2);
  if (next === undefined || next === '') {
    return { entropy, rank: null };
  }
  const text = next.slice(0, new Tokenizer().end(next, 0));
  const token = mixture.vocabulary.find(text);
  const own = token === UNKNOWN ? Math.exp(mixture.logprob(states, text)) : (masses[token] ?? 0);
  let rank = 1;
  for (const p of masses) {
    rank += p > own ? 1 : 0;
  }
  return { entropy, rank };
}

function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0;
}
