import { finish, type Steps } from '../steps';
import type { Flag } from './flag';
import { gramHash } from './gramHash';
import { Gap, Prose } from './prose';
import type { Reading } from './reading';
import { classify, WordClass } from './wordClass';

/** Words that must agree in a row before they count as taken from the passage. */
const GRAM = 5;
/** A run of words from the passage that is more than a turn of phrase. */
const LONG_RUN = 12;
/** Words of the passage looked at, the last ones. */
const REACH = 20_000;

/** A sentence pattern is telling when it has so many words, and so many of them function words and slots. */
const SKELETON = { words: 8, function: 4, slots: 2, longest: 60 };

/** What a passage is recognised by; read once for all texts that continue it. */
export interface PassageTraits {
  /** Hashes of every `GRAM` words in a row. */
  grams: ReadonlySet<number>;
  /** Hashes of the skeletons of its sentences. */
  skeletons: ReadonlySet<number>;
}

/** Reads the end of a passage. */
export function* readPassage(before: string): Steps<PassageTraits> {
  const passage = new Prose(before.slice(-REACH * 8));
  yield;
  const grams = new Set<number>();
  for (let i = Math.max(0, passage.count - REACH); i + GRAM <= passage.count; i++) {
    grams.add(gramHash(passage, i, GRAM));
    if (i % 4096 === 0) {
      yield;
    }
  }
  yield;
  const marks = classify(passage);
  return { grams, skeletons: new Set(skeletons(passage, marks).map(({ hash }) => hash)) };
}

/**
 * Repetition of the passage: runs of words taken over near-verbatim, or sentence after sentence built on
 * the passage's skeletons (function words the same, the others exchanged).
 */
export function findEcho({ subject, prose, marks }: Reading): Flag<'echo'>[] {
  const { before } = subject;
  if (before === undefined || prose.count < SKELETON.words) {
    return [];
  }
  const traits = subject.traits ?? finish(readPassage(before));
  const verbatim = verbatimRuns(prose, traits.grams);
  return verbatim.length > 0 ? verbatim : skeletonRuns(prose, marks, traits.skeletons);
}

function verbatimRuns(prose: Prose, passage: ReadonlySet<number>): Flag<'echo'>[] {
  const runs: { first: number; last: number }[] = [];
  for (let i = 0; i + GRAM <= prose.count; i++) {
    if (passage.has(gramHash(prose, i, GRAM))) {
      const run = runs.at(-1);
      // A word or two changed in between does not end a run: near-verbatim is enough.
      if (run !== undefined && i <= run.last + 3) {
        run.last = i + GRAM - 1;
      } else {
        runs.push({ first: i, last: i + GRAM - 1 });
      }
    }
  }
  const long = runs.filter(({ first, last }) => last - first + 1 >= LONG_RUN);
  const repeated = long.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const share = repeated / prose.count;
  return long.map(({ first, last }) => ({
    ...prose.span(first, last),
    code: 'echo',
    severity: share >= 0.5 ? 'error' : 'warning',
    score: Math.min(1, 0.5 + share / 2),
    evidence: { share, skeleton: false },
  }));
}

function skeletonRuns(prose: Prose, marks: Int32Array, known: ReadonlySet<number>): Flag<'echo'>[] {
  const shared = skeletons(prose, marks).filter(({ hash }) => known.has(hash));
  const words = shared.reduce((sum, { first, next }) => sum + next - first, 0);
  const share = words / prose.count;
  // One sentence built alike is rhythm; two that make up a third of the text are a copy.
  if (shared.length < 2 || share < 1 / 3) {
    return [];
  }
  return shared.map(({ first, next }) => ({
    ...prose.sentence(first, next),
    code: 'echo',
    severity: 'note',
    score: Math.min(1, 0.3 + share / 2),
    evidence: { share, skeleton: true },
  }));
}

interface Skeleton {
  first: number;
  next: number;
  hash: number;
}

/** Sentences with their function words kept and all else a slot, hashed. */
function skeletons(prose: Prose, marks: Int32Array): Skeleton[] {
  const found: Skeleton[] = [];
  for (let first = 0; first < prose.count;) {
    const next = prose.nextBreak(first, Gap.sentence, SKELETON.longest);
    let low = 0;
    let high = 0;
    let kept = 0;
    for (let i = first; i < next; i++) {
      const isFunction = ((marks[i] ?? 0) & WordClass.function) !== 0;
      kept += isFunction ? 1 : 0;
      low = Math.imul(low ^ (isFunction ? (prose.low[i] ?? 0) : 1), 0x01000193) ^ (low >>> 15);
      high = Math.imul(high ^ (isFunction ? (prose.high[i] ?? 0) : 1), 0x5bd1e995) ^ (high >>> 13);
    }
    const words = next - first;
    if (words >= SKELETON.words && kept >= SKELETON.function && words - kept >= SKELETON.slots) {
      found.push({ first, next, hash: (high & 0x1fffff) * 0x100000000 + (low >>> 0) });
    }
    first = next;
  }
  return found;
}
