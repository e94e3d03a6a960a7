import { cannedScore, type Canned } from './cannedHits';
import type { Lexicon } from './lexicon';
import { Gap, type Prose } from './prose';
import { WordClass } from './wordClass';

/** A sentence, by its first word and the one after its last. */
export interface WornSentence {
  first: number;
  next: number;
  /** Worn share, 0 to 1. */
  share: number;
}

/** Words around a sentence that must be canned as a whole before it is looked at. */
const AROUND = 100;
const CANNED_AROUND = 0.8;

const LONGEST = 60;

/** Added to the length, so that two-word sentences do not win. */
const SMOOTHING = 3;

/**
 * Sentences that say next to nothing of their own: the worn share is the part of their words that are
 * function words or inside something overused. Plain human talk has many such sentences too, so they
 * only count where the text around is canned and one overused thing at least stands in them.
 */
export function wornSentences(
  prose: Prose,
  marks: Int32Array,
  canned: Canned,
  lexicon: Lexicon,
): WornSentence[] {
  const found: WornSentence[] = [];
  for (let first = 0; first < prose.count;) {
    const next = prose.nextBreak(first, Gap.sentence, LONGEST);
    const share = wornShare(marks, canned.covered, first, next);
    if (share >= lexicon.calibration.wornShare) {
      const from = Math.max(0, first - AROUND);
      const to = Math.min(prose.count, next + AROUND);
      if (cannedScore(canned.sums, lexicon, from, to) >= CANNED_AROUND) {
        found.push({ first, next, share });
      }
    }
    first = next;
  }
  return found;
}

/** The worn share of some words, 0 when nothing overused is among them. */
export function wornShare(
  marks: Int32Array,
  covered: Uint8Array,
  first: number,
  next: number,
): number {
  let worn = 0;
  let overused = 0;
  for (let i = first; i < next; i++) {
    overused += covered[i] ?? 0;
    worn += covered[i] === 1 || ((marks[i] ?? 0) & WordClass.function) !== 0 ? 1 : 0;
  }
  return overused === 0 ? 0 : worn / (next - first + SMOOTHING);
}
