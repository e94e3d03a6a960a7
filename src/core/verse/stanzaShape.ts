import type { Pronouncer } from './pronouncer';
import type { Verse } from './verse';
import { folded, verseStretch } from './verseLines';

const QUATRAIN = 4;
/** A text is judged by its first lines. */
const LINES_READ = 400;
const WORDS = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

export interface StanzaShape {
  /** Lines of each stanza of verse. */
  sizes: number[];
  /** Syllables of each line. */
  syllables: number[];
  /** Share of the lines' syllables, first to last, whose stress is the opposite of the one before: 0 to 1. */
  beat: number;
}

/** @returns undefined for a text with fewer than four lines of verse */
export function stanzaShape(verse: Verse, pronouncer: Pronouncer): StanzaShape | undefined {
  const sizes: number[] = [];
  const syllables: number[] = [];
  let stanza = -1;
  let alternating = 0;
  let steps = 0;
  const { start, end } = verseStretch(verse.lines);
  verse.lines.slice(start, Math.min(end, start + LINES_READ)).forEach((line, i) => {
    if (verse.words[start + i] === undefined) {
      return;
    }
    if (line.stanza !== stanza) {
      stanza = line.stanza;
      sizes.push(0);
    }
    sizes.push((sizes.pop() ?? 0) + 1);
    const stress = lineStress(verse.text.slice(line.start, line.end), pronouncer);
    syllables.push(stress.length);
    for (let k = 1; k < stress.length; k++) {
      steps++;
      alternating += stress.charAt(k) === '0' || stress.charAt(k - 1) === '0' ? 1 : 0;
    }
  });
  const beat = alternating / Math.max(1, steps);
  return syllables.length < QUATRAIN ? undefined : { sizes, syllables, beat };
}

/** Words of one syllable that carry no beat of their own. */
const LIGHT = new Set(
  (
    'a an the and or nor but of to in on at by for from with as is am are was were be been it its he his him she her ' +
    'they them their we us our you your i my me that this than so if no not o do does did has have had can will'
  ).split(' '),
);

/** Letters beyond ASCII; what lies between are the dashes and quotes. */
const OTHER_LETTERS = /[\u00aa-\u1fff\u2071-\uffff]/;
const PLAIN_WORD = /[a-z]+(?:'[a-z]+)*/g;

function lineStress(line: string, pronouncer: Pronouncer): string {
  const lower = folded(line);
  let stress = '';
  for (const word of lower.match(OTHER_LETTERS.test(lower) ? WORDS : PLAIN_WORD) ?? []) {
    stress += LIGHT.has(word) ? '0' : pronouncer.stress(word);
  }
  return stress;
}

/** What tells stanzas that models write from those of people. */
export function stanzaFeatures(shape: StanzaShape, verse: Verse): number[] {
  const { sizes, syllables, beat } = shape;
  const lines = syllables.length;
  const inQuatrains = (sizes.filter((size) => size === QUATRAIN).length * QUATRAIN) / lines;
  const usual = mode(sizes);
  const mean = syllables.reduce((sum, n) => sum + n, 0) / lines;
  const spread = Math.sqrt(syllables.reduce((sum, n) => sum + (n - mean) ** 2, 0) / lines);
  const step =
    syllables.slice(1).reduce((sum, n, i) => sum + Math.abs(n - (syllables[i] ?? n)), 0) / lines;
  const couplets = verse.pairs.filter(([i, j]) => j === i + 1).length / lines;
  const size = Math.log(lines);
  return [
    inQuatrains,
    sizes.filter((n) => n === usual).length / sizes.length,
    Math.min(sizes.length, 12) / 12,
    Math.log(sizes.length),
    size,
    mean / 10,
    (mean / 10) ** 2,
    spread / mean,
    step / mean,
    beat,
    couplets,
    inQuatrains * couplets,
    inQuatrains * (spread / mean),
    inQuatrains * (mean / 10),
    inQuatrains * size,
    size * size,
  ];
}

/** Commonest value, the first of several. */
export function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0])[0];
}
