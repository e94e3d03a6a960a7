import type { Flag } from './flag';
import { findLoops } from './loops';
import { oddWord, OddKind } from './oddWord';
import { languageOf } from './language';
import { Gap, Prose } from './prose';
import type { Reading } from './reading';
import { classify, WordClass } from './wordClass';

/** Words looked at together. */
const WINDOW = 40;

/** Windows overlap by half, so that none that is broken is missed for where it stands. */
const HALF = WINDOW / 2;

/** Odd words of a window that make it broken. Names in capitals, a formula or a foreign quotation stay below. */
const ODD = 12;
/** Words of mixed or broken script: two in a window are no accident. */
const BROKEN = 2;
/** A window of English prose has about 18 function words; a list has few but is full of commas and line ends. */
const FEWEST_FUNCTION = 4;
const MOST_PAUSES = 6;

/**
 * What high temperature does: loops, broken script, half words, word salad. Dialect, babble that is
 * grammatical for a clause, lists and experimental prose keep their function words or their pauses and pass.
 * Words that do not hang together are looked for in English text, and in text that continues an English
 * passage; the rest in any language.
 */
export function findDerailed({ subject, prose, marks, language }: Reading): Flag<'derailed'>[] {
  const english = language === 'english' || isEnglish(subject.before);
  const loops = findLoops(prose).map((span) => flag(span.start, span.end, 'loop', 0.95));
  return [...loops, ...brokenWindows(prose, marks, english)].sort((a, b) => a.start - b.start);
}

const PASSAGE = 2000;

function isEnglish(passage = ''): boolean {
  const prose = new Prose(passage.slice(-PASSAGE));
  return languageOf(prose, classify(prose)) === 'english';
}

type Reason = Flag<'derailed'>['evidence']['reason'];

function brokenWindows(prose: Prose, marks: Int32Array, english: boolean): Flag<'derailed'>[] {
  const flags: Flag<'derailed'>[] = [];
  let half = tally(prose, marks, 0);
  for (let first = 0; first < prose.count; first += HALF) {
    const next = tally(prose, marks, first + HALF);
    const found = judge(half, next, english);
    half = next;
    if (found !== undefined) {
      const { start, end } = prose.span(first, Math.min(first + WINDOW, prose.count) - 1);
      const previous = flags.at(-1);
      // Windows that touch and say the same are one finding.
      if (previous?.evidence.reason === found.reason && adjoin(previous.end, start)) {
        previous.end = end;
        previous.score = Math.max(previous.score, found.score);
      } else {
        flags.push(flag(start, end, found.reason, found.score));
      }
    }
  }
  return flags;
}

const NEAR = 20;

function adjoin(end: number, start: number): boolean {
  return start - end <= NEAR;
}

/** What is in half a window. */
interface Tally {
  words: number;
  /** Words by `OddKind`. */
  odd: [number, number, number, number];
  functions: number;
  /** Commas, line ends and the like between words. */
  pauses: number;
}

function tally(prose: Prose, marks: Int32Array, first: number): Tally {
  const next = Math.min(first + HALF, prose.count);
  const found: Tally = {
    words: Math.max(0, next - first),
    odd: [0, 0, 0, 0],
    functions: 0,
    pauses: 0,
  };
  for (let i = first; i < next; i++) {
    found.odd[oddWord(prose, i)]++;
    found.functions += (marks[i] ?? 0) & WordClass.function;
    found.pauses += (prose.gaps[i] ?? 0) >= Gap.comma ? 1 : 0;
  }
  return found;
}

function judge(
  a: Tally,
  b: Tally,
  english: boolean,
): { reason: Reason; score: number } | undefined {
  const words = a.words + b.words;
  const [script, fragments, odd] = [
    a.odd[OddKind.script] + b.odd[OddKind.script],
    a.odd[OddKind.fragment] + b.odd[OddKind.fragment],
    a.odd[OddKind.salad] + b.odd[OddKind.salad],
  ];
  const most = Math.max(ODD / 2, (ODD * words) / WINDOW);
  if (script >= BROKEN) {
    return { reason: 'script', score: Math.min(1, 0.5 + script / 10) };
  }
  if (fragments >= most) {
    return { reason: 'fragments', score: fragments / words };
  }
  if (odd >= most) {
    return { reason: 'salad', score: odd / words };
  }
  // Hardly a function word, and no list either.
  const unglued = a.functions + b.functions < FEWEST_FUNCTION && a.pauses + b.pauses < MOST_PAUSES;
  return english && words === WINDOW && unglued ? { reason: 'salad', score: 0.7 } : undefined;
}

function flag(start: number, end: number, reason: Reason, score: number): Flag<'derailed'> {
  return { start, end, code: 'derailed', severity: 'error', score, evidence: { reason } };
}
