import type { Span } from '../text/span';
import type { Prose } from './prose';

/** Words that must recur together. */
const GRAM = 3;
/** A stretch is a loop when it says the same thing this often in a row, and in so many words. */
const TIMES = 4;
const FEWEST_WORDS = 16;
/** Longest thing said over and over, in words. */
const LONGEST_PERIOD = 120;

/**
 * Only what stood within the longest period matters, so few slots do; that two phrases share one costs a
 * loop a word or two of its length.
 */
const SLOTS = 4096;

/** Longest unit repeated inside one word, and how long that must go on: *hahaha* passes. */
const UNIT = 8;
const LONG_WORD = 64;

/**
 * Stretches that say the same words again and again: every word equals the one a fixed distance before
 * it, over `TIMES` periods. Refrains come back with other words between them, and pass. Linear in the text.
 */
export function findLoops(prose: Prose): Span[] {
  return [...wordLoops(prose), ...insideWords(prose)];
}

function wordLoops(prose: Prose): Span[] {
  const found: Span[] = [];
  const last = new Int32Array(SLOTS).fill(-1);
  let period = 0;
  let from = 0;
  const close = (next: number) => {
    if (period > 0 && next - from >= Math.max(FEWEST_WORDS, TIMES * period)) {
      found.push(prose.span(from, next - 1));
    }
    period = 0;
  };
  for (let i = 0; i < prose.count; i++) {
    if (period > 0 && !same(prose, i, i - period)) {
      close(i);
    }
    const key = keyAt(prose, i);
    const before = last[key] ?? -1;
    if (period === 0 && before >= 0 && i - before <= LONGEST_PERIOD && same(prose, i, before)) {
      period = i - before;
      from = Math.max(0, before - GRAM + 1);
    }
    last[key] = i;
  }
  close(prose.count);
  return found;
}

function same(prose: Prose, a: number, b: number): boolean {
  return prose.low[a] === prose.low[b] && prose.high[a] === prose.high[b];
}

/** A slot for the word at `at` and the two before it. */
function keyAt(prose: Prose, at: number): number {
  let key = 0;
  for (let i = Math.max(0, at - GRAM + 1); i <= at; i++) {
    key = Math.imul(key ^ (prose.low[i] ?? 0), 0x01000193) ^ (key >>> 15);
  }
  return (key ^ (key >>> 16)) & (SLOTS - 1);
}

function insideWords(prose: Prose): Span[] {
  const found: Span[] = [];
  for (let i = 0; i < prose.count; i++) {
    const { start, end } = prose.span(i, i);
    if (end - start >= LONG_WORD && hasShortPeriod(prose.text, start, end)) {
      found.push({ start, end });
    }
  }
  return found;
}

function hasShortPeriod(text: string, start: number, end: number): boolean {
  for (let period = 1; period <= UNIT; period++) {
    let repeats = 0;
    for (let at = start + period; at < end; at++) {
      repeats = text.charCodeAt(at) === text.charCodeAt(at - period) ? repeats + 1 : 0;
      if (repeats >= LONG_WORD - period) {
        return true;
      }
    }
  }
  return false;
}
