import { scanPatterns, type Pattern } from './cannedPatterns';
import type { Lexicon, LexiconEntry } from './lexicon';
import type { Prose } from './prose';

/** A place where an entry of the lexicon stands. */
export interface Hit {
  entry: LexiconEntry;
  first: number;
  last: number;
  pattern?: Pattern;
}

/** What the lexicon says about a text. */
export interface Canned {
  /** Sums of weights: `sums[i]` is that of all hits that begin before word i. */
  sums: Float64Array;
  /** 1 for words inside something overused. */
  covered: Uint8Array;
  /** Hits strong enough to be shown, in the order of the text. */
  strong: readonly Hit[];
}

/** From here on a word counts as overused when a sentence is weighed: any less is noise of the fit. */
const COVER_WEIGHT = 0.1;
const COVER_RATIO = 1.3;

/** Matches the lexicon. @param marks `classify(prose)` */
export function findCanned(prose: Prose, marks: Int32Array, lexicon: Lexicon): Canned {
  const { flagRatio, flagWeight } = lexicon.calibration;
  const sums = new Float64Array(prose.count + 1);
  const covered = new Uint8Array(prose.count);
  const strong: Hit[] = [];
  const take = (entry: LexiconEntry, first: number, last: number, pattern?: Pattern) => {
    sums[first + 1] = (sums[first + 1] ?? 0) + entry.weight;
    if (entry.weight >= flagWeight && entry.ratio >= flagRatio) {
      strong.push({ entry, first, last, ...(pattern && { pattern }) });
    }
    if (pattern === undefined && entry.weight > COVER_WEIGHT && entry.ratio > COVER_RATIO) {
      covered.fill(1, first, last + 1);
    }
  };
  lexicon.trie.scan(prose, (index, first, last) => {
    const entry = lexicon.entries[index];
    if (entry !== undefined) {
      take(entry, first, last);
    }
  });
  scanPatterns(prose, marks, (pattern, first, last) => {
    const entry = lexicon.patterns.get(pattern);
    if (entry !== undefined) {
      take(entry, first, last, pattern);
    }
  });
  for (let i = 0; i < prose.count; i++) {
    sums[i + 1] = (sums[i + 1] ?? 0) + (sums[i] ?? 0);
  }
  strong.sort((a, b) => a.first - b.first || b.last - a.last);
  return { sums, covered, strong };
}

/** Words of text that a weight in the lexicon is scaled to. */
const SCALE = 200;

/**
 * Probability, 0 to 1, that the words from `first` to `next` (exclusive) are a tuned model's: the logistic
 * function of the sum of weights per 200 words. Where there is hardly any text it says little.
 */
export function cannedScore(
  sums: Float64Array,
  lexicon: Lexicon,
  first: number,
  next: number,
): number {
  const { intercept, slope, smoothing } = lexicon.calibration;
  const sum = (sums[next] ?? 0) - (sums[first] ?? 0);
  return 1 / (1 + Math.exp(-(intercept + (slope * sum * SCALE) / (next - first + smoothing))));
}
