import { Gap, type Prose } from './prose';
import { WordClass } from './wordClass';

/** Turns of phrase with open slots that a list of phrases cannot hold. */
export const PATTERNS = [
  'not-but',
  'was-not-was',
  'triple',
  'ing-tail',
  'no-no',
  'of-and',
] as const;
export type Pattern = (typeof PATTERNS)[number];

type Found = (pattern: Pattern, first: number, last: number) => void;

const REACH = 12;

/**
 * Finds the patterns:
 * `not-but` not X but Y · `was-not-was` it wasn't X; it was Y · `triple` X, Y, and Z of one or two words
 * each · `ing-tail` a clause hung on with a comma and a participle · `no-no` No X. No Y. ·
 * `of-and` the N of X and Y.
 * @param marks `classify(prose)`
 * @param from index of the first word looked at
 */
export function scanPatterns(prose: Prose, marks: Int32Array, found: Found, from = 0): void {
  for (let i = from; i < prose.count; i++) {
    const mark = marks[i] ?? 0;
    if ((mark & WordClass.not) !== 0) {
      negation(prose, marks, i, found);
    }
    if ((mark & WordClass.and) !== 0) {
      triple(prose, i, found);
    }
    if ((mark & WordClass.of) !== 0 && ofAnd(prose, marks, i)) {
      found('of-and', i - 1, i + 3);
    }
    if (prose.gaps[i] === Gap.comma && isParticiple(prose, marks, i)) {
      found('ing-tail', i, prose.nextBreak(i, Gap.comma, REACH) - 1);
    }
    if ((mark & WordClass.no) !== 0 && (prose.gaps[i] ?? 0) >= Gap.comma) {
      noNo(prose, marks, i, found);
    }
  }
}

function negation(prose: Prose, marks: Int32Array, at: number, found: Found): void {
  const limit = Math.min(prose.count - 1, at + REACH);
  for (let i = at + 2; i <= limit; i++) {
    const gap = prose.gaps[i] ?? 0;
    if (gap === Gap.paragraph) {
      return;
    }
    if (gap < Gap.sentence && ((marks[i] ?? 0) & WordClass.but) !== 0) {
      found('not-but', at, prose.nextBreak(i, Gap.comma, 4) - 1);
      return;
    }
    if (gap >= Gap.comma && isRestart(prose, marks, i)) {
      found('was-not-was', at, prose.nextBreak(i, Gap.sentence, REACH) - 1);
      return;
    }
    if (gap >= Gap.sentence) {
      return;
    }
  }
}

/** `it was`, `it's`, `they were`: the second half of *it wasn't X, it was Y*. */
function isRestart(prose: Prose, marks: Int32Array, at: number): boolean {
  const mark = marks[at] ?? 0;
  if ((mark & WordClass.itIs) !== 0) {
    return true;
  }
  const next = marks[at + 1] ?? 0;
  return (
    (mark & WordClass.pronoun) !== 0 &&
    prose.gaps[at + 1] === Gap.space &&
    (next & WordClass.copula) !== 0 &&
    (next & WordClass.not) === 0
  );
}

/** Two commas at most two words apart before an `and`: *cold, hard, and bright*. */
function triple(prose: Prose, and: number, found: Found): void {
  if (prose.gaps[and] !== Gap.comma || and + 1 >= prose.count) {
    return;
  }
  for (const middle of [and - 1, and - 2]) {
    if (middle > 0 && prose.gaps[middle] === Gap.comma) {
      const first = prose.firstOf(middle - 1, Gap.comma, 1);
      const last = prose.nextBreak(and, Gap.comma, 3) - 1;
      found('triple', first, last);
      return;
    }
  }
}

function ofAnd(prose: Prose, marks: Int32Array, of: number): boolean {
  const plain = (i: number) => ((marks[i] ?? 0) & WordClass.function) === 0 && i < prose.count;
  return (
    of > 0 &&
    plain(of - 1) &&
    plain(of + 1) &&
    ((marks[of + 2] ?? 0) & WordClass.and) !== 0 &&
    plain(of + 3) &&
    [of, of + 1, of + 2, of + 3].every((i) => prose.gaps[i] === Gap.space)
  );
}

function isParticiple(prose: Prose, marks: Int32Array, at: number): boolean {
  const end = prose.ends[at] ?? 0;
  return (
    end - (prose.starts[at] ?? 0) >= 5 &&
    prose.text.charCodeAt(end - 1) === 0x67 &&
    prose.text.charCodeAt(end - 2) === 0x6e &&
    prose.text.charCodeAt(end - 3) === 0x69 &&
    ((marks[at] ?? 0) & WordClass.falseParticiple) === 0
  );
}

function noNo(prose: Prose, marks: Int32Array, at: number, found: Found): void {
  const next = prose.nextBreak(at, Gap.comma, 6);
  if (
    (prose.gaps[next] ?? 0) >= Gap.comma &&
    next < prose.count &&
    ((marks[next] ?? 0) & WordClass.no) !== 0
  ) {
    found('no-no', at, prose.nextBreak(next, Gap.comma, 5) - 1);
  }
}
