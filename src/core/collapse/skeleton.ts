import { STOP_WORDS } from '../diversity/words';
import type { Steps } from '../steps';
import type { WordSpan } from './wordSpans';

/** Words that several texts have in the same order. */
export interface Skeleton {
  /** Indices of the texts. */
  members: readonly number[];
  /** For each member the words of the skeleton, where they stand in it. */
  spans: readonly (readonly WordSpan[])[];
}

/** Share of a text that a skeleton has to be. */
const SHARE = 0.5;
/** Words of a skeleton, and those among them that carry a topic. */
const WORDS = 5;
const TELLING = 2;

/**
 * The skeleton that most of some texts share, by progressive alignment: the longest common subsequence of
 * the two most alike, kept or shortened by each further text that has most of it.
 * @param texts at most a few dozen of a few dozen words: time grows with the square of both
 */
export function* aligningSkeleton(texts: readonly (readonly WordSpan[])[]): Steps<Skeleton | null> {
  const seed = yield* findingMostAlike(texts);
  if (seed === null) {
    return null;
  }
  let words = seed;
  const members: number[] = [];
  for (const [i, text] of texts.entries()) {
    const kept = common(words, wordsIn(text));
    if (isSkeleton(kept, text.length)) {
      words = kept;
      members.push(i);
    }
    yield;
  }
  // What a later text shortened may have become too little for an earlier one.
  const held = members.filter((i) => isSkeleton(words, texts[i]?.length ?? 0));
  return held.length < 2
    ? null
    : { members: held, spans: held.map((i) => placed(words, texts[i] ?? [])) };
}

function wordsIn(text: readonly WordSpan[]): string[] {
  return text.map(({ word }) => word);
}

function isSkeleton(words: readonly string[], length: number): boolean {
  const telling = words.filter((word) => !STOP_WORDS.has(word)).length;
  return words.length >= WORDS && telling >= TELLING && words.length >= SHARE * length;
}

function* findingMostAlike(
  texts: readonly (readonly WordSpan[])[],
): Steps<readonly string[] | null> {
  let best: readonly string[] | null = null;
  let most = 0;
  for (const [i, a] of texts.entries()) {
    for (const b of texts.slice(i + 1)) {
      const longer = Math.max(a.length, b.length);
      // No common part of theirs can be enough.
      const words =
        Math.min(a.length, b.length) < SHARE * longer ? [] : common(wordsIn(a), wordsIn(b));
      if (isSkeleton(words, longer) && words.length / longer > most) {
        best = words;
        most = words.length / longer;
      }
    }
    yield;
  }
  return best;
}

/** The longest common subsequence (Wagner & Fischer 1974). */
function common(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const words: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const word = a[i];
    if (word !== undefined && word === b[j]) {
      words.push(word);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return words;
}

/** The words of a skeleton where they first stand in order. */
function placed(words: readonly string[], text: readonly WordSpan[]): WordSpan[] {
  const spans: WordSpan[] = [];
  for (const span of text) {
    if (span.word === words[spans.length]) {
      spans.push(span);
    }
  }
  return spans;
}
