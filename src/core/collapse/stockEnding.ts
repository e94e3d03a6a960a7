import { ENDING_WORDS, endingFeatures } from './endingFeatures';
import { ENDING_BIAS, ENDING_WEIGHTS } from './endingWeights';
import type { Flag } from './flag';
import type { Lexicon } from './lexicon';
import { PhraseTrie } from './phraseTrie';
import { Gap, type Prose } from './prose';
import type { Reading } from './reading';

/** Score from which an ending is flagged. */
export const STOCK = 0.98;

/** Fewest words that can have an ending. */
const FEWEST_WORDS = 12;

/** What an ending's own features, its canned wording apart, must bring (logit): about two words of uplift. */
const OWN = 2;

/** The last character of a finished text, and where it is looked for. */
const ENDED = /[.!?…。！？]["”’'*_)\]\s]*$/u;
const TAIL = 20;

/** Ways of not answering. */
const HEDGES = new PhraseTrie([
  'it is up to you',
  "it's up to you",
  'it is up to each',
  'ultimately it is up to',
  "ultimately it's up to",
  'ultimately up to',
  'the choice is yours',
  'the decision is yours',
  'only you can decide',
  'no one size fits all',
  'no single answer',
  'no one answer',
  'no right or wrong answer',
  'no right answer',
  'no easy answer',
  'no easy answers',
  'no definitive answer',
  'there is no one right',
  "there's no one right",
  'depends on your',
  'depends on individual',
  'depends on a variety',
  'depends on various factors',
  'a matter of personal preference',
  'what works best for you',
  'open to interpretation',
]);

export interface EndingResult {
  flags: Flag<'stock-ending'>[];
  /** Probability, 0 to 1, that the text ends the way tuned models end stories; 0 without an ending to judge. */
  score: number;
}

/**
 * Uplifting or summing-up last sentences, and endings that hedge instead of answering. English only.
 * @param sums of the lexicon's weights: see `Canned`
 */
export function findStockEnding(
  { prose, marks, language }: Reading,
  sums: Float64Array,
  lexicon: Lexicon,
): EndingResult {
  if (language === 'other' || prose.count < FEWEST_WORDS) {
    return { flags: [], score: 0 };
  }
  const hedge = lastHedge(prose);
  const parts = endingFeatures(prose, marks, sums, lexicon).map(
    (x, i) => x * (ENDING_WEIGHTS[i] ?? 0),
  );
  const model = logistic(ENDING_BIAS + total(parts));
  // A hedge is a stock ending by itself, whatever its words.
  const score = hedge === undefined ? model : Math.max(model, STOCK);
  // Canned wording alone is no ending, nor is a text that stops inside a sentence.
  const ends = ENDED.test(prose.text.slice(-TAIL)) && total(parts.slice(0, -1)) >= OWN;
  if (score < STOCK || (hedge === undefined && !ends)) {
    return { flags: [], score };
  }
  const last = prose.count - 1;
  const first = prose.firstOf(hedge ?? last, Gap.sentence, ENDING_WORDS);
  const next = prose.nextBreak(hedge ?? last, Gap.sentence, ENDING_WORDS);
  const span = prose.sentence(first, next);
  const sentence = prose.text.slice(span.start, span.end);
  const kind = hedge === undefined ? 'uplift' : 'hedge';
  const evidence = { sentence, kind } as const;
  return {
    flags: [{ ...span, code: 'stock-ending', severity: 'warning', score, evidence }],
    score,
  };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** First word of the last hedge among the ending's words. */
function lastHedge(prose: Prose): number | undefined {
  let found: number | undefined;
  HEDGES.scan(prose, (_, first) => (found = first), Math.max(0, prose.count - ENDING_WORDS));
  return found;
}
