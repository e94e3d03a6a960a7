import { Gap, Prose } from '../collapse/prose';
import { richness } from './richness';
import { Speech } from './speech';
import { FUNCTION_WORDS, markWords, VoiceClass } from './voiceWords';

/** What is counted; counts of two texts add up to those of both. */
export const Count = {
  words: 0,
  letters: 1,
  sentences: 2,
  /** Sum of the logarithms of the sentences' lengths in words, and of their squares. */
  logLengths: 3,
  squaredLogLengths: 4,
  /** Sum of shares of different words in windows, and number of windows: see `richness`. */
  richness: 5,
  windows: 6,
  /** Words said aloud, and the others. */
  spoken: 7,
  narrated: 8,
  /** Pronouns of the narration. */
  first: 9,
  second: 10,
  third: 11,
  /** Verbs of the narration whose tense shows, and those in the past. */
  tensed: 12,
  past: 13,
  contractions: 14,
  adverbs: 15,
  commas: 16,
  semicolons: 17,
  dashes: 18,
  exclamations: 19,
  questions: 20,
  ellipses: 21,
  brackets: 22,
  /** The first function word's; the others follow. */
  functionWords: 23,
} as const;

const SIZE = Count.functionWords + FUNCTION_WORDS.length;

/** One number for each of `Count` and each function word. */
export type VoiceCounts = Float64Array;

export function noVoiceCounts(): VoiceCounts {
  return new Float64Array(SIZE);
}

/** Counts what makes the manner of a text. Linear in it. */
export function countVoice(text: string): VoiceCounts {
  return countProse(new Prose(text));
}

export function countProse(prose: Prose): VoiceCounts {
  return new Counter(prose).run();
}

/** Adds (or, times -1, takes away) counts. */
export function addCounts(to: VoiceCounts, counts: VoiceCounts, times: 1 | -1): void {
  for (let i = 0; i < SIZE; i++) {
    to[i] = (to[i] ?? 0) + times * (counts[i] ?? 0);
  }
}

const NEVER_ADVERBS = new Set([
  'only',
  'family',
  'early',
  'reply',
  'belly',
  'silly',
  'ugly',
  'july',
]);
const PRONOUN_S = /^(?:it|he|she|that|there|here|what|who|where|how|let)['’ʼ]s$/iu;
const LOWER = /^\p{Ll}/u;

class Counter {
  readonly #counts = noVoiceCounts();
  readonly #marks: Int32Array;
  readonly #speech: Speech;
  #sentence = 0;

  constructor(private readonly prose: Prose) {
    this.#marks = markWords(prose);
    this.#speech = new Speech(prose.text);
  }

  run(): VoiceCounts {
    const { prose } = this;
    let from = 0;
    for (let i = 0; i < prose.count; i++) {
      const start = prose.starts[i] ?? 0;
      this.#between(from, start, prose.gaps[i] ?? 0);
      this.#word(i, start, prose.ends[i] ?? 0);
      from = prose.ends[i] ?? 0;
    }
    this.#marksIn(from, prose.text.length);
    this.#endSentence();
    const { sum, windows } = richness(prose.low);
    this.#add(Count.richness, sum);
    this.#add(Count.windows, windows);
    return this.#counts;
  }

  #add(count: number, by = 1): void {
    this.#counts[count] = (this.#counts[count] ?? 0) + by;
  }

  #between(from: number, start: number, gap: number): void {
    const { text } = this.prose;
    if (start === from + 1 && text.charCodeAt(from) === 0x20) {
      return;
    }
    // The marks before a new paragraph are the old one's.
    const border = gap === Gap.paragraph ? text.lastIndexOf('\n', start - 1) + 1 : start;
    this.#marksIn(from, Math.max(from, Math.min(border, start)));
    if (gap === Gap.paragraph) {
      this.#speech.paragraph();
      if (/^[ \t]*[—–―]/u.test(text.slice(border, start))) {
        this.#speech.dash();
      }
    }
    this.#marksIn(Math.max(from, border), start);
    const goesOn = gap === Gap.sentence && LOWER.test(text.charAt(start));
    if (gap >= Gap.sentence && !goesOn) {
      this.#endSentence();
    }
  }

  #endSentence(): void {
    if (this.#sentence > 0) {
      const log = Math.log(this.#sentence);
      this.#add(Count.sentences);
      this.#add(Count.logLengths, log);
      this.#add(Count.squaredLogLengths, log * log);
      this.#sentence = 0;
    }
  }

  #word(index: number, start: number, end: number): void {
    const isSpoken = this.#speech.isOpen;
    const marks = this.#marks[index] ?? 0;
    this.#sentence++;
    this.#add(Count.words);
    this.#add(Count.letters, end - start);
    this.#add(isSpoken ? Count.spoken : Count.narrated);
    if (end - start > 2) {
      this.#endings(start, end);
    }
    if (!isSpoken) {
      this.#narrated(marks, start, end);
    }
    const which = marks & ((1 << FUNCTION_WORDS.length) - 1);
    if (which !== 0) {
      this.#add(Count.functionWords + 31 - Math.clz32(which));
    }
  }

  #narrated(marks: number, start: number, end: number): void {
    this.#add(Count.first, marks & VoiceClass.first ? 1 : 0);
    this.#add(Count.second, marks & VoiceClass.second ? 1 : 0);
    this.#add(Count.third, marks & VoiceClass.third ? 1 : 0);
    const { text } = this.prose;
    // An ending in -ed is mostly a past; of other verbs only the commonest show.
    const isRegular = end - start > 4 && text.endsWith('ed', end);
    if (isRegular || marks & VoiceClass.past) {
      this.#add(Count.past);
      this.#add(Count.tensed);
    } else if (marks & VoiceClass.present) {
      this.#add(Count.tensed);
    }
  }

  #endings(start: number, end: number): void {
    const { text } = this.prose;
    const last = text.charCodeAt(end - 1);
    if (last === 0x79 && end - start > 4 && text.charCodeAt(end - 2) === 0x6c) {
      this.#add(Count.adverbs, NEVER_ADVERBS.has(text.slice(start, end).toLowerCase()) ? 0 : 1);
    } else if (this.#isContraction(start, end)) {
      this.#add(Count.contractions);
    }
  }

  #isContraction(start: number, end: number): boolean {
    const { text } = this.prose;
    for (let at = end - 3; at <= end - 2; at++) {
      const unit = text.charCodeAt(at);
      if (at > start && (unit === 0x27 || unit === 0x2019 || unit === 0x2bc)) {
        return text.charCodeAt(end - 1) !== 0x73 || PRONOUN_S.test(text.slice(start, end));
      }
    }
    return false;
  }

  #marksIn(from: number, end: number): void {
    const { text } = this.prose;
    for (let at = from; at < end; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 0x20) {
        this.#speech.read(at, unit);
        const count = this.#markAt(at, unit);
        if (count !== undefined) {
          this.#add(count);
        }
      }
    }
  }

  /** What a mark counts as; the second and third of a row of the same do not count again. */
  #markAt(at: number, unit: number): number | undefined {
    const { text } = this.prose;
    const before = text.charCodeAt(at - 1);
    if (unit === 0x2d) {
      const isDash = before === 0x2d ? text.charCodeAt(at - 2) !== 0x2d : isSpaced(text, at);
      return isDash ? Count.dashes : undefined;
    }
    if (unit === 0x2e) {
      const isThird = before === 0x2e && text.charCodeAt(at - 2) === 0x2e;
      return isThird && text.charCodeAt(at - 3) !== 0x2e ? Count.ellipses : undefined;
    }
    return unit === before ? undefined : MARKS.get(unit);
  }
}

const MARKS = new Map<number, number>([
  [0x2c, Count.commas],
  [0x3b, Count.semicolons],
  [0x3a, Count.semicolons],
  [0x2013, Count.dashes],
  [0x2014, Count.dashes],
  [0x2015, Count.dashes],
  [0x21, Count.exclamations],
  [0x3f, Count.questions],
  [0x2026, Count.ellipses],
  [0x28, Count.brackets],
]);

/** A hyphen between spaces is meant for a dash; the first of two is counted with the second. */
function isSpaced(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 0x20 && text.charCodeAt(at + 1) === 0x20;
}
