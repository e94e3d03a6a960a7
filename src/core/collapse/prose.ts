import type { Span } from '../text/span';
import { foldWord, hashWord, isWordUnit, type WordHash } from './fold';

/**
 * What stands between a word and the one before it, weakest first. `wrap` is a line end inside a
 * sentence (hard-wrapped prose, most verse), `line` one after a sentence's end.
 */
export const Gap = { space: 0, comma: 1, wrap: 2, sentence: 3, line: 4, paragraph: 5 } as const;

const ABBREVIATIONS = new Set(
  'mr mrs ms dr st jr sr vs etc prof rev col gen capt sgt lt no vol mt messrs mme mlle'.split(' '),
);

/**
 * A text cut into words once for all detectors: where each begins and ends, a hash of its folded form
 * (see `foldWord`: typography does not count) and the gap before it. Linear in the text.
 */
export class Prose {
  readonly text: string;
  /** Number of words. */
  readonly count: number;
  /** UTF-16 offset of each word's first unit. */
  readonly starts: Int32Array;
  /** UTF-16 offset after each word's last unit. */
  readonly ends: Int32Array;
  /** Two independent 32-bit hashes of each folded word: together they name it. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** One of `Gap` for each word; the first word's is `Gap.paragraph`. */
  readonly gaps: Uint8Array;

  constructor(text: string) {
    const cut = new Cutter(text);
    cut.run();
    this.text = text;
    this.count = cut.count;
    this.starts = cut.starts.subarray(0, cut.count);
    this.ends = cut.ends.subarray(0, cut.count);
    this.low = cut.low.subarray(0, cut.count);
    this.high = cut.high.subarray(0, cut.count);
    this.gaps = cut.gaps.subarray(0, cut.count);
  }

  /** A word as written. */
  word(index: number): string {
    return this.text.slice(this.starts[index], this.ends[index]);
  }

  /** The text from one word to another, both included. */
  span(first: number, last: number): Span {
    return { start: this.starts[first] ?? 0, end: this.ends[last] ?? 0 };
  }

  /**
   * Index of the first word of the stretch that `index` is in, where only gaps below `gap` are inside,
   * at most `within` words back.
   */
  firstOf(index: number, gap: number, within = Infinity): number {
    const limit = Math.max(0, index - within);
    let at = index;
    while (at > limit && (this.gaps[at] ?? 0) < gap) {
      at--;
    }
    return at;
  }

  /**
   * Index of the first word after `index` with a gap of at least `gap` before it; `count` at the end,
   * and never more than `within` words on.
   */
  nextBreak(index: number, gap: number, within = Infinity): number {
    const limit = Math.min(this.count, index + within);
    let at = index + 1;
    while (at < limit && (this.gaps[at] ?? 0) < gap) {
      at++;
    }
    return Math.min(at, this.count);
  }

  /** Index of the first word that begins in a span; -1 where none does. */
  wordIn(start: number, end: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < this.count && (this.starts[low] ?? 0) < end ? low : -1;
  }

  /** The text of a sentence whose words are `first` to `next` (exclusive), with its closing punctuation. */
  sentence(first: number, next: number): Span {
    const start = this.starts[first] ?? 0;
    const limit = next < this.count ? (this.starts[next] ?? 0) : this.text.length;
    let end = this.ends[next - 1] ?? start;
    while (end < limit && CLOSING.includes(this.text.charAt(end))) {
      end++;
    }
    return { start, end };
  }
}

/** What a gap becomes when a line end is added to it. */
const AFTER_LINE_END = [Gap.wrap, Gap.wrap, Gap.paragraph, Gap.line, Gap.paragraph, Gap.paragraph];

/** The gap that a mark makes, by its code unit; marks that are not here make none. */
const PUNCTUATION = new Map<number, number>([
  ...Array.from('!?…。！？', (mark) => [mark.charCodeAt(0), Gap.sentence] as const),
  ...Array.from(',;:()–—，、；：', (mark) => [mark.charCodeAt(0), Gap.comma] as const),
]);

const CLOSING = '.!?…"”’\')*_';

class Cutter {
  count = 0;
  starts: Int32Array;
  ends: Int32Array;
  low: Int32Array;
  high: Int32Array;
  gaps: Uint8Array;
  readonly #text: string;
  readonly #hash: WordHash = { low: 0, high: 0 };

  constructor(text: string) {
    this.#text = text;
    // A word and its gap take about five and a half units of prose; no text has more than one word in two.
    const room = Math.ceil(text.length / 5) + 16;
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.low = new Int32Array(room);
    this.high = new Int32Array(room);
    this.gaps = new Uint8Array(room);
  }

  run(): void {
    const text = this.#text;
    const length = text.length;
    let gap: number = Gap.paragraph;
    let at = 0;
    while (at < length) {
      const unit = text.charCodeAt(at);
      if (isWordUnit(text, at, unit)) {
        at = this.#word(at, gap);
        gap = Gap.space;
      } else {
        gap = this.#widen(gap, unit, at);
        at++;
      }
    }
  }

  #word(start: number, gap: number): number {
    const end = hashWord(this.#text, start, this.#hash);
    if (this.count === this.starts.length) {
      this.#grow();
    }
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.low[index] = this.#hash.low;
    this.high[index] = this.#hash.high;
    this.gaps[index] = gap;
    return end;
  }

  #widen(gap: number, unit: number, at: number): number {
    if (unit === 0x20 || gap === Gap.paragraph) {
      return gap;
    }
    if (unit === 0x0a) {
      return AFTER_LINE_END[gap] ?? Gap.paragraph;
    }
    if (gap >= Gap.sentence) {
      return gap;
    }
    if (unit === 0x2e) {
      return this.#endsSentence(at) ? Gap.sentence : gap;
    }
    // A hyphen joins words, two are a dash.
    if (unit === 0x2d) {
      return this.#text.charCodeAt(at - 1) === 0x2d ? Math.max(gap, Gap.comma) : gap;
    }
    return Math.max(gap, PUNCTUATION.get(unit) ?? Gap.space);
  }

  #endsSentence(at: number): boolean {
    const last = this.count - 1;
    const start = this.starts[last] ?? at;
    if (this.count === 0 || this.ends[last] !== at || at - start > 5) {
      return true;
    }
    return at - start > 1 && !ABBREVIATIONS.has(foldWord(this.#text.slice(start, at)));
  }

  #grow(): void {
    this.starts = widened(this.starts);
    this.ends = widened(this.ends);
    this.low = widened(this.low);
    this.high = widened(this.high);
    const gaps = new Uint8Array(this.gaps.length * 2);
    gaps.set(this.gaps);
    this.gaps = gaps;
  }
}

function widened(values: Int32Array): Int32Array {
  const more = new Int32Array(values.length * 2);
  more.set(values);
  return more;
}
