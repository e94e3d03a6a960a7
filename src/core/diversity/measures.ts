import { gzipSync } from 'fflate';
import { finish, type Steps } from '../steps';
import { MOST_COMPARED } from './bounds';
import type { Compared, Mode } from './modes';
import { ngramsOf, type Grams } from './ngrams';
import { selfBleu } from './selfBleu';
import { typography } from './typography';
import { vendi } from './vendi';
import { wordsOf } from './words';

/** How diverse a set of texts is. Of no text: all 0. */
export interface Measures {
  /** exp(entropy of the modes): how many modes of equal size would be as diverse. 1 to n. */
  effectiveNumber: number;
  /** 1 / Σ share² of the modes (Simpson 1949). 1 to n. */
  inverseSimpson: number;
  /** exp(entropy of the eigenvalues of the n-gram kernel) (Friedman & Dieng 2023). 1 to n. */
  vendi: number;
  /** Different words over all words (Li et al. 2016). 0 to 1. */
  distinct1: number;
  /** Different word pairs over all word pairs. 0 to 1. */
  distinct2: number;
  /** Mean BLEU-4 of each text against the others (Zhu et al. 2018). 0 to 1; 0 when there are no others. */
  selfBleu: number;
  /** Bytes of the texts, one a line, over their bytes in gzip: the more alike, the higher. */
  gzipRatio: number;
  /** Mean similarity of the pairs. 0 to 1; 0 when there are none. */
  meanSimilarity: number;
  /** The measures that are estimates, because the set is too large for the exact value. */
  estimated: readonly ('modes' | 'vendi' | 'meanSimilarity')[];
}

/** Above `MOST_COMPARED` so many texts stand for all. */
const SAMPLED_ROWS = 200;
const VENDI_EXACT = 256;

/** Every measure over one set of texts and its modes. */
export function measure(
  texts: readonly string[],
  compared: Compared,
  modes: readonly Mode<unknown>[],
): Measures {
  return finish(measuring(texts, compared, modes));
}

/** `measure`, with pauses. */
export function* measuring(
  texts: readonly string[],
  compared: Compared,
  modes: readonly Mode<unknown>[],
): Steps<Measures> {
  // Sorted, so that estimates do not depend on the order given.
  const cut: string[][] = [];
  for (const text of [...texts].sort()) {
    cut.push(wordsOf(typography(text)));
    yield;
  }
  const ngrams = ngramsOf(cut);
  yield;
  const [words, pairs] = ngrams;
  const kinds = compared.distinct.texts.length;
  const shares = modes.map(({ size }) => size / texts.length);
  const diversity = vendi(ngrams, VENDI_EXACT);
  yield;
  const bleu = selfBleu(ngrams);
  yield;
  const zipped = gzipRatio(texts);
  yield;
  return {
    effectiveNumber: effectiveNumber(shares),
    inverseSimpson: inverseSimpson(shares),
    vendi: diversity,
    distinct1: distinctShare(words),
    distinct2: distinctShare(pairs),
    selfBleu: bleu,
    gzipRatio: zipped,
    meanSimilarity: meanSimilarity(compared),
    estimated: [
      ...(kinds > MOST_COMPARED ? (['modes', 'meanSimilarity'] as const) : []),
      ...(kinds > VENDI_EXACT ? (['vendi'] as const) : []),
    ],
  };
}

/** exp(−Σ p ln p), the Hill number of order 1. @param shares that sum to 1; none gives 0 */
export function effectiveNumber(shares: readonly number[]): number {
  const entropy = shares.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  return shares.length === 0 ? 0 : Math.exp(entropy);
}

/** 1 / Σ p², the Hill number of order 2. @param shares that sum to 1; none gives 0 */
export function inverseSimpson(shares: readonly number[]): number {
  return shares.length === 0 ? 0 : 1 / shares.reduce((sum, p) => sum + p * p, 0);
}

/** Different n-grams over all n-grams of the texts together; 0 where there is none. */
function distinctShare(grams: Grams | undefined): number {
  const all = grams?.texts.reduce((sum, { length }) => sum + length, 0) ?? 0;
  return grams === undefined || all === 0 ? 0 : grams.kinds / all;
}

/** Bytes over gzipped bytes of the texts, one a line; 0 of no text. */
export function gzipRatio(texts: readonly string[]): number {
  const bytes = new TextEncoder().encode(texts.join('\n'));
  return bytes.length === 0 ? 0 : bytes.length / gzipSync(bytes, { mtime: 1 }).length;
}

/** Mean over the pairs of the texts given, copies of one text being pairs of similarity 1. */
export function meanSimilarity({ distinct, similarity }: Compared): number {
  const { counts, kinds } = distinct;
  if (kinds.length < 2) {
    return 0;
  }
  // Above the bound, evenly spaced rows stand for all: an estimate that does not depend on the order.
  const step = counts.length > MOST_COMPARED ? Math.ceil(counts.length / SAMPLED_ROWS) : 1;
  const row = new Float64Array(counts.length);
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < counts.length; i += step) {
    similarity.row(i, row);
    const copies = counts[i] ?? 0;
    for (let j = 0; j < counts.length; j++) {
      const of = copies * ((counts[j] ?? 0) - (i === j ? 1 : 0));
      sum += of * (row[j] ?? 0);
      pairs += of;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}
