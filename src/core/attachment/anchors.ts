/** A piece of a text by which two texts are compared: pieces with the same key begin with the same text. */
export interface Unit {
  key: string;
  start: number;
  /** How much of the text equal keys vouch for. */
  length: number;
}

/** The lines of a text, without their breaks. */
export function lines(text: string): Unit[] {
  let start = 0;
  return text.split('\n').map((key) => {
    const unit = { key, start, length: key.length };
    start += key.length + 1;
    return unit;
  });
}

const PHRASE = 4;
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu;

/** Each word of a text with the three after it as its key, whatever stands between them. */
export function phrases(text: string): Unit[] {
  const words = [...text.matchAll(WORD)];
  return words.slice(0, Math.max(0, words.length - PHRASE + 1)).map((word, i) => ({
    key: words
      .slice(i, i + PHRASE)
      .map(([w]) => w)
      .join(' '),
    start: word.index,
    length: word[0].length,
  }));
}

interface Anchor {
  a: number;
  b: number;
  length: number;
}

/**
 * The units that occur exactly once in both lists, as many of them as stand in the same order in both:
 * the anchors of patience diff (Cohen 2005).
 */
export function anchors(a: readonly Unit[], b: readonly Unit[]): Anchor[] {
  const onceInB = unique(b);
  const pairs: Anchor[] = [];
  for (const [key, unit] of unique(a)) {
    const other = unit === null ? null : onceInB.get(key);
    if (unit !== null && other !== null && other !== undefined && unit.length > 0) {
      pairs.push({ a: unit.start, b: other.start, length: unit.length });
    }
  }
  return longestAscending(pairs);
}

/** By key, in order of first appearance; null where there are several. */
function unique(units: readonly Unit[]): Map<string, Unit | null> {
  const found = new Map<string, Unit | null>();
  for (const unit of units) {
    found.set(unit.key, found.has(unit.key) ? null : unit);
  }
  return found;
}

/** The longest subsequence that ascends in `b`; `pairs` ascend in `a`. By patience sorting. */
function longestAscending(pairs: readonly Anchor[]): Anchor[] {
  const tops: number[] = [];
  const before: number[] = [];
  pairs.forEach((pair, i) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[tops[middle] ?? 0]?.b ?? 0) < pair.b) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    before.push(low === 0 ? -1 : (tops[low - 1] ?? -1));
    tops[low] = i;
  });
  const out: Anchor[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const pair = pairs[i];
    if (pair !== undefined) {
      out.push(pair);
    }
  }
  return out.reverse();
}
