import { PackedNgrams } from '../../src/core/model/sketch/packedNgrams';
import type { PackedParts } from '../../src/core/model/sketch/packedParts';
import { SKETCH_ORDER } from '../../src/core/model/sketch/base';
import { END, Spelling } from '../../src/core/model/sketch/spelling';
import type { Work } from './corpus';
import { smoothAll, type Smoothed } from './kneserNey';
import { countNgrams, type Level } from './ngramTable';
import { pack } from './packing';
import { prune } from './pruning';
import { writeSketchFile } from './sketchFile';
import { toSymbols } from './symbols';

/** What decides how large the file gets. Nats are of the training text. */
export interface Sizes {
  /** A token is a word of the vocabulary from this many occurrences on. */
  leastCount: number;
  /** An n-gram of words, or of letters, is kept when doing without it costs this many nats. */
  wordThreshold: number;
  letterThreshold: number;
  /** Bits of a share's code. */
  codeBits: number;
}

export const SHIPPED: Sizes = {
  leastCount: 3,
  wordThreshold: 1.45,
  letterThreshold: 2,
  codeBits: 5,
};

const LETTER_ORDER = 6;

/** A trained model: the file, and what it was before pruning, to measure against. */
export interface Training {
  bytes: Uint8Array;
  words: readonly string[];
  levels: readonly Level[];
  full: readonly Smoothed[];
  tokens: number;
}

/** Trains Sketch. The same works in the same order give the same bytes. */
export function trainSketch(works: readonly Work[], sizes: Sizes = SHIPPED): Training {
  const { rare, text, words } = toSymbols(works, sizes.leastCount);
  const levels = countNgrams(text, words.length + 1, SKETCH_ORDER);
  const full = smoothAll(levels);
  const packed = pack(levels, prune(levels, full, sizes.wordThreshold), sizes.codeBits);
  const { codePoints, letters } = trainLetters(rare.length > 0 ? rare : words, sizes);
  const bytes = writeSketchFile({
    works: works.length,
    newSpellings: newSpellings(words, letters, codePoints),
    words: packed,
    wordLengths: Uint8Array.from(words, (word) => word.length),
    wordLetters: Uint8Array.from(words.join(''), (letter) => letter.charCodeAt(0)),
    letters,
    codePoints,
  });
  return { bytes, words, levels, full, tokens: text.length };
}

/** The model that spells words that are not in the vocabulary, from those too rare to be. */
function trainLetters(rare: readonly string[], { codeBits, letterThreshold }: Sizes) {
  const counts = new Map<number, number>();
  for (const letter of rare.join('')) {
    const code = letter.codePointAt(0) ?? 0;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const codePoints = Uint32Array.from(
    [...counts].sort(([a, m], [b, n]) => n - m || a - b),
    ([code]) => code,
  );
  // Symbol 0 is any other letter, 1 the end of a word.
  const symbols = new Map([...codePoints].map((code, i) => [code, i + 2]));
  const text = rare.flatMap((word) => [
    END + 1,
    ...Array.from(word, (letter) => symbols.get(letter.codePointAt(0) ?? 0) ?? 0),
  ]);
  // One letter never seen, so that there is one at all.
  const run = Int32Array.from([...text, END + 1, 0, END + 1]);
  const levels = countNgrams(run, codePoints.length + 2, LETTER_ORDER);
  const pruned = prune(levels, smoothAll(levels), letterThreshold);
  return { codePoints, letters: pack(levels, pruned, codeBits) };
}

function newSpellings(
  words: readonly string[],
  letters: PackedParts,
  codePoints: Uint32Array,
): number {
  const spelling = new Spelling(new PackedNgrams(letters, END), codePoints);
  const known = words.reduce((sum, word) => sum + Math.exp(spelling.logprob(word)), 0);
  return 1 - known - Math.exp(spelling.logprob(''));
}
