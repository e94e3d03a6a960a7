import { isOpenPlace } from '../collapse/stuckPlaces';
import type { Subject } from '../collapse/subject';
import type { Token } from '../model/token';
import { paragraphBreakOf } from '../text/border';
import { sentenceEnd } from '../text/sentence';
import type { Span } from '../text/span';

/** How many futures are left at a sentence border, and where that border is. */
export interface BorderFutures {
  /** The sentence that comes after it, UTF-16; its start is the border. */
  sentence: Span;
  /** At least so many futures, ≥ 1; null when it is not known. */
  futures: number | null;
  /** At most so many; absent when the number is no bound. */
  most?: number;
}

/**
 * From probabilities, a border is frozen when at the open places of the next sentence fewer than so many words
 * are possible: as sure as p = .98 at each. Fixed before it was measured on anything.
 */
export const FROZEN_BY_TOKENS = 1.1;

/**
 * From samples, a border is frozen when they are fewer than so many ideas: of five, all are one; of eight, at
 * most one is another. Fixed before it was measured on anything.
 */
export const FROZEN_BY_SAMPLES = 1.5;

/** Sizes of vocabularies end here (2^18 in 2025): so many tokens can share an unseen tail at most. */
const VOCABULARY = 2 ** 18;

/** Least share of the open places of a sentence that must have probabilities. */
const KNOWN = 0.5;

/** The sentences of a text: each begins where the one before ends, so their starts are the borders. */
export function sentencesOf(text: string): Span[] {
  const breaks = paragraphBreakOf(text);
  const sentences: Span[] = [];
  for (let start = 0; start < text.length;) {
    const rest = text.slice(start);
    const border = sentenceEnd(rest, { from: 0, complete: true, breaks });
    const end = border.found && border.end > 0 ? start + border.end : text.length;
    if (text.slice(start, end).trim() !== '') {
      sentences.push({ start, end });
    } else if (sentences.length > 0) {
      sentences[sentences.length - 1] = { start: sentences.at(-1)?.start ?? 0, end };
    }
    start = end;
  }
  return sentences;
}

/**
 * How many futures are left at each sentence border, from probabilities: exp of the mean entropy (natural) over
 * the open places of the sentence that follows, the effective number of words that each of them leaves
 * (perplexity of the model's own choice, Jelinek et al. 1977, as a Hill number of order 1). What the model did
 * not list is a bound below and above: see `entropyOf`.
 */
export function futuresFromTokens(subject: Subject): BorderFutures[] {
  const { text, tokens = [] } = subject;
  return sentencesOf(text).map((sentence) => {
    const inside = tokens.filter(
      ({ start, end }) => start >= sentence.start && end <= sentence.end,
    );
    const open = inside.filter((token) => isOpenPlace(subject, token));
    const known = open.filter((token) => token.logprob !== null && token.alternatives.length > 0);
    if (known.length === 0 || known.length < KNOWN * open.length) {
      return { sentence, futures: null };
    }
    const bounds = known.map((token) => entropyOf(token, text.slice(token.start, token.end)));
    const mean = (of: 'least' | 'most') =>
      bounds.reduce((sum, bound) => sum + bound[of], 0) / bounds.length;
    return { sentence, futures: Math.exp(mean('least')), most: Math.exp(mean('most')) };
  });
}

/**
 * Entropy (natural) of the next token, with the unseen tail τ as a bound. Below: no unseen token is more
 * probable than the last one listed, p, so the tail adds at least τ · max(−ln τ, −ln p). Above: it is spread
 * over a whole vocabulary, τ · ln(2^18 / τ).
 * @param text of the token, which its list may leave out
 */
export function entropyOf(
  { logprob, alternatives, tail }: Pick<Token, 'logprob' | 'alternatives' | 'tail'>,
  text: string,
): { least: number; most: number } {
  const isListed = alternatives.some((other) => other.text === text);
  const listed = alternatives.map((other) => other.logprob);
  const logs = isListed || logprob === null ? listed : [...listed, logprob];
  const seen = logs.reduce((sum, log) => sum - Math.exp(log) * log, 0);
  const mass = logs.reduce((sum, log) => sum + Math.exp(log), 0);
  const unseen = tail ?? Math.max(0, 1 - mass);
  if (unseen <= 0) {
    return { least: seen, most: seen };
  }
  const last = Math.min(...listed, 0);
  return {
    least: seen + unseen * Math.max(-Math.log(unseen), -last),
    most: seen + unseen * Math.max(Math.log(VOCABULARY / unseen), -last),
  };
}

/**
 * The point of no return: the first border from which on every border that is known is frozen, so that the
 * text goes one way to its end. Null when the last one known is not.
 * @param frozen `FROZEN_BY_TOKENS` or `FROZEN_BY_SAMPLES`
 * @returns index of the border
 */
export function pointOfNoReturn(borders: readonly BorderFutures[], frozen: number): number | null {
  let point: number | null = null;
  for (const [index, { futures }] of borders.entries()) {
    if (futures !== null) {
      point = futures < frozen ? (point ?? index) : null;
    }
  }
  return point;
}

/**
 * Which borders are resampled where there are more than can be paid for: the first, the last, and others evenly
 * between.
 * @param count of all borders
 * @param most that are taken, ≥ 1
 * @returns ascending indices
 */
export function bordersToSample(count: number, most: number): number[] {
  if (count <= most) {
    return Array.from({ length: count }, (_, index) => index);
  }
  const step = most === 1 ? 0 : (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => Math.round(i * step));
}
