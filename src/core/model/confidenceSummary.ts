import type { Reading } from './certainty';
import type { Bounds } from './entropy';
import { tokenEntropy, type TokenFacts } from './tokenDetails';

/** What is known of the tokens of a passage, together. */
export interface ConfidenceSummary {
  tokens: number;
  /** Those with a probability. */
  known: number;
  /** exp(−mean log-probability) over the known ones (Jelinek et al. 1977); null when there are none. */
  perplexity: number | null;
  /** Mean entropy of what could have stood at each place, in bits, over the places where it is bounded. */
  entropy: Bounds | null;
  /** exp(mean entropy): how many ways the text could go on at a typical place. */
  branching: Bounds | null;
  /** Shares of the known tokens, 0 to 1. */
  stuck: number;
  given: number;
  sure: number;
  unlikely: number;
  /** Whether the human yardstick was there; without it nothing can be called stuck. */
  hasYardstick: boolean;
  /** Mean surprisal (−log₂ p, in bits) of successive parts of the passage; null where none is known. */
  parts: readonly (number | null)[];
}

/** A token with its reading. */
export interface ReadFacts {
  token: TokenFacts;
  reading: Reading;
}

/** Parts of a sparkline: what fits one line of a narrow hover. */
const PARTS = 24;

/** @param hasYardstick whether the readings were made with it */
export function summarise(items: readonly ReadFacts[], hasYardstick: boolean): ConfidenceSummary {
  const known = items.filter(({ token }) => token.logprob !== null);
  const share = (is: (reading: Reading) => boolean) =>
    known.length === 0 ? 0 : known.filter(({ reading }) => is(reading)).length / known.length;
  const mean = meanOf(known.map(({ token }) => token.logprob ?? 0));
  const nats = meanBounds(known.flatMap(({ token }) => tokenEntropy(token) ?? []));
  return {
    tokens: items.length,
    known: known.length,
    perplexity: mean === null ? null : Math.exp(-mean),
    entropy: nats && { low: nats.low / Math.LN2, high: nats.high / Math.LN2 },
    branching: nats && { low: Math.exp(nats.low), high: Math.exp(nats.high) },
    stuck: share(({ certainty }) => certainty === 'stuck'),
    given: share(({ certainty }) => certainty === 'given'),
    sure: share(({ step }) => step === 'sure' || step === 'surer' || step === 'surest'),
    unlikely: share(({ step }) => step === 'low'),
    hasYardstick,
    parts: partsOf(items),
  };
}

function partsOf(items: readonly ReadFacts[]): (number | null)[] {
  const count = Math.min(PARTS, items.length);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * items.length) / count);
    const to = Math.floor(((i + 1) * items.length) / count);
    const bits = items
      .slice(from, to)
      .flatMap(({ token }) => (token.logprob === null ? [] : [-token.logprob / Math.LN2]));
    return meanOf(bits);
  });
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;
}

function meanBounds(bounds: readonly Bounds[]): Bounds | null {
  const low = meanOf(bounds.map((each) => each.low));
  const high = meanOf(bounds.map((each) => each.high));
  return low === null || high === null ? null : { low, high };
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/** A line of blocks, the highest value the highest block; a space where there is no value. */
export function sparkline(values: readonly (number | null)[]): string {
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return values
    .map((value) => {
      if (value === null) {
        return ' ';
      }
      const level = highest > 0 ? Math.round((value / highest) * (BLOCKS.length - 1)) : 0;
      return BLOCKS.charAt(level);
    })
    .join('');
}
