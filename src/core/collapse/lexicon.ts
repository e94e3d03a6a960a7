import { VariorumError } from '../model/error';
import { finish, type Steps } from '../steps';
import { PATTERNS, type Pattern } from './cannedPatterns';
import { PhraseTrie } from './phraseTrie';

/** A word, phrase or pattern that tuned models overuse. */
export interface LexiconEntry {
  /** Folded words with one space between them; a pattern's name after `~`. */
  phrase: string;
  /** What one occurrence adds to the score of a text of 200 words, in logits; negative for plain words. */
  weight: number;
  /** How many times more frequent than in human text, at least; 0 where it is not known. */
  ratio: number;
}

/** Turns summed weights into a score. */
export interface Calibration {
  intercept: number;
  slope: number;
  /** Words that every text is given for free: short texts are pulled to the middle. */
  smoothing: number;
  /** Weight from which an entry is worth a flag of its own, and ratio that it needs for that. */
  flagWeight: number;
  flagRatio: number;
  /** Worn share (see `wornSentence.ts`) from which a sentence of a canned stretch is flagged, 0 to 1. */
  wornShare: number;
}

/** The shipped lexicon, ready to match. */
export interface Lexicon {
  entries: readonly LexiconEntry[];
  trie: PhraseTrie;
  patterns: ReadonlyMap<Pattern, LexiconEntry>;
  calibration: Calibration;
}

/** File name under `media/`. */
export const LEXICON_FILE = 'lexicon.tsv';

const HEAD = 'variorum-lexicon 1';

/** Lines read between two pauses. */
const TURN = 500;

/**
 * Reads the lexicon file: a first line with the format's name, a second with the calibration as JSON, then
 * a line an entry: phrase, weight × 100 and ratio × 10 as integers, parted by tabs.
 * @throws VariorumError `asset-damaged`, with the line, when it is not such a file
 */
export function parseLexicon(bytes: Uint8Array): Lexicon {
  return finish(readingLexicon(bytes));
}

/** `parseLexicon`, with pauses. */
export function* readingLexicon(bytes: Uint8Array): Steps<Lexicon> {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  if (lines[0] !== HEAD) {
    throw damaged(1);
  }
  const calibration = parseCalibration(lines[1] ?? '');
  const entries: LexiconEntry[] = [];
  for (const line of lines.slice(2)) {
    entries.push(parseEntry(line, entries.length + 3));
    if (entries.length % TURN === 0) {
      yield;
    }
  }
  return yield* makingLexicon(entries, calibration);
}

export function makeLexicon(entries: readonly LexiconEntry[], calibration: Calibration): Lexicon {
  return finish(makingLexicon(entries, calibration));
}

function* makingLexicon(
  entries: readonly LexiconEntry[],
  calibration: Calibration,
): Steps<Lexicon> {
  const byName = new Map(entries.map((entry) => [entry.phrase, entry]));
  const patterns = new Map<Pattern, LexiconEntry>();
  for (const pattern of PATTERNS) {
    const entry = byName.get(`~${pattern}`);
    if (entry !== undefined) {
      patterns.set(pattern, entry);
    }
  }
  const phrases = entries.map(({ phrase }) => (phrase.startsWith('~') ? '' : phrase));
  const trie = yield* PhraseTrie.building(phrases);
  return { entries, trie, patterns, calibration };
}

/** The file that `parseLexicon` reads. */
export function formatLexicon(entries: readonly LexiconEntry[], calibration: Calibration): string {
  const lines = entries.map(
    ({ phrase, weight, ratio }) =>
      `${phrase}\t${String(Math.round(weight * 100))}\t${String(Math.round(ratio * 10))}`,
  );
  return `${[HEAD, JSON.stringify(calibration), ...lines].join('\n')}\n`;
}

function parseEntry(line: string, number: number): LexiconEntry {
  const [phrase, weight, ratio, more] = line.split('\t');
  const entry = {
    phrase: phrase ?? '',
    weight: Number(weight ?? Number.NaN) / 100,
    ratio: Number(ratio ?? Number.NaN) / 10,
  };
  if (entry.phrase === '' || !Number.isFinite(entry.weight + entry.ratio) || more !== undefined) {
    throw damaged(number);
  }
  return entry;
}

function parseCalibration(line: string): Calibration {
  const value = parseJson(line);
  const numberAt = (name: keyof Calibration): number => {
    const found = value[name];
    if (typeof found !== 'number' || !Number.isFinite(found)) {
      throw damaged(2);
    }
    return found;
  };
  return {
    intercept: numberAt('intercept'),
    slope: numberAt('slope'),
    smoothing: numberAt('smoothing'),
    flagWeight: numberAt('flagWeight'),
    flagRatio: numberAt('flagRatio'),
    wornShare: numberAt('wornShare'),
  };
}

function parseJson(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Falls through: not JSON is as bad as not an object.
  }
  throw damaged(2);
}

function damaged(line: number): VariorumError {
  return new VariorumError({
    code: 'asset-damaged',
    message: `The list of canned phrases that ships with Variorum is damaged at line ${line}.`,
    action: 'Install the extension again.',
    retryable: false,
  });
}
