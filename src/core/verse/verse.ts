import type { EndWord } from './pairFeatures';
import type { Pronouncer } from './pronouncer';
import { pairTable, schemeOf, type Scheme } from './scheme';
import { folded, looksLikeVerse, verseLines, verseStretch, type VerseLine } from './verseLines';
import { RHYMED_BIAS, RHYMED_WEIGHTS } from './verseWeights';

/** A text read as verse, whether it is or not. */
export interface Verse extends Scheme {
  text: string;
  /** Lines that are not blank: what `scheme` and `pairs` count from 0. */
  lines: readonly VerseLine[];
  words: readonly (EndWord | undefined)[];
  /** Probability, 0 to 1, that the text rhymes. */
  score: number;
}

/** Share of lines that must be short enough for verse. */
const VERSE_SHARE = 0.5;

/**
 * Cuts a text into lines and finds their rhymes. Linear. Prose, wrapped or not, costs a look at its lines' ends.
 * @param pronouncer without it, nothing rhymes
 */
export function readVerse(text: string, pronouncer: Pronouncer | undefined): Verse {
  const lines = verseLines(text);
  const voice = looksLikeVerse(text, lines) ? pronouncer : undefined;
  const words = lines.map(({ last }) =>
    last === undefined ? undefined : voice?.endWord(folded(text.slice(last.start, last.end))),
  );
  const scheme = schemeOf(pairTable(words));
  return { text, lines, words, ...scheme, score: rhymedScore(words, scheme, lines) };
}

/** What tells a rhymed text: empty for one that is no verse. */
export function rhymedFeatures(
  allWords: readonly (EndWord | undefined)[],
  whole: Scheme,
  lines: readonly VerseLine[],
): number[] {
  const { start, end } = verseStretch(lines);
  const words = allWords.slice(start, end);
  const inside = whole.pairs.flatMap(([i, j], k) =>
    i >= start && j < end ? [{ i: i - start, j: j - start, sure: whole.sure[k] ?? 0 }] : [],
  );
  const ended = words.filter((word) => word !== undefined).length;
  if (ended < 2 || ended < VERSE_SHARE * words.length) {
    return [];
  }
  const best = new Float64Array(words.length);
  const repeated = new Uint8Array(words.length);
  inside.forEach(({ i, j, sure }) => {
    if (words[i]?.word === words[j]?.word) {
      repeated[i] = repeated[j] = 1;
    } else {
      best[i] = Math.max(best[i] ?? 0, sure);
      best[j] = Math.max(best[j] ?? 0, sure);
    }
  });
  const share = (least: number) => best.filter((sure) => sure > least).length / ended;
  const all = share(0);
  const certain = share(0.95);
  const size = Math.log(ended);
  return [
    all,
    certain,
    repeated.reduce((sum, n) => sum + n, 0) / ended,
    size,
    all * size,
    Math.min(certain, 0.4),
  ];
}

function rhymedScore(
  words: readonly (EndWord | undefined)[],
  scheme: Scheme,
  lines: readonly VerseLine[],
): number {
  const features = rhymedFeatures(words, scheme, lines);
  // Nothing rhymes: no need to ask how sure.
  if ((features[0] ?? 0) === 0) {
    return 0;
  }
  const logit = features.reduce((sum, x, i) => sum + x * (RHYMED_WEIGHTS[i] ?? 0), RHYMED_BIAS);
  return 1 / (1 + Math.exp(-logit));
}
