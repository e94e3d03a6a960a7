import type { Lexicon } from './lexicon';
import { cannedScore } from './cannedHits';
import { PhraseTrie } from './phraseTrie';
import { scanPatterns, type Pattern } from './cannedPatterns';
import { Gap, type Prose } from './prose';
import { WordClass } from './wordClass';

/** Words of a text that count as its ending. */
export const ENDING_WORDS = 60;

/** Words that name no thing: -ness, -ity, -tion and the like. */
const ABSTRACT = /(?:ness|ity|tion|sion|ment|ance|ence|dom|ship)s?$/iu;

/** Turns that endings are made of, wherever in the ending they stand. */
const TURNS = new PhraseTrie([
  'for the first time in',
  'and that was enough',
  'and for now',
  'that was enough',
  'is enough',
  'was just beginning',
  'had only just begun',
  'had just begun',
  'just the beginning',
  'a new beginning',
  'a new chapter',
  'would never be the same',
  'and maybe',
  'and perhaps',
  'maybe just maybe',
  'in the end',
  'after all',
  'come what may',
  'whatever lay ahead',
  'whatever came next',
  'no matter what',
  'a reminder that',
  'a testament to',
  'would always',
  'will always',
  'everything had changed',
  'changed forever',
  'happily ever after',
  'once again',
  'as long as',
  'and so',
  'and yet',
  'the world would',
  'not alone',
  'no longer alone',
  'a sense of',
  'the power of',
]);

/**
 * What tells a stock ending from another, in the order of the weights that are fitted to it: words of uplift,
 * lessons, generalities and abstract nouns a word, stock turns, contrasts (*not X but Y*), triples, a closing
 * sentence of at most six words, and how canned the ending is (logit).
 * @param marks `classify(prose)`
 * @param sums of the lexicon's weights: see `Canned`
 */
export function endingFeatures(
  prose: Prose,
  marks: Int32Array,
  sums: Float64Array,
  lexicon: Lexicon,
): number[] {
  const first = Math.max(0, prose.count - ENDING_WORDS);
  const words = prose.count - first;
  const share = (bit: number) => {
    let n = 0;
    for (let i = first; i < prose.count; i++) {
      n += ((marks[i] ?? 0) & bit) === 0 ? 0 : 1;
    }
    return (10 * n) / (words + 10);
  };
  let abstract = 0;
  for (let i = first; i < prose.count; i++) {
    const { start, end } = prose.span(i, i);
    abstract += end - start > 5 && end - start < 30 && ABSTRACT.test(prose.word(i)) ? 1 : 0;
  }
  const { turns, contrasts, triples } = countTurns(prose, marks, first);
  const lastSentence = prose.count - prose.firstOf(prose.count - 1, Gap.sentence);
  const score = cannedScore(sums, lexicon, first, prose.count);
  // The canned score comes last: `stockEnding` asks for the others apart from it.
  return [
    share(WordClass.uplift),
    share(WordClass.lesson),
    share(WordClass.general),
    (10 * abstract) / (words + 10),
    turns,
    contrasts,
    triples,
    lastSentence <= 6 ? 1 : 0,
    Math.log(score / (1 - score)),
  ];
}

function countTurns(prose: Prose, marks: Int32Array, from: number) {
  let [turns, contrasts, triples] = [0, 0, 0];
  TURNS.scan(prose, () => turns++, from);
  const count = (pattern: Pattern) => {
    contrasts += pattern === 'not-but' || pattern === 'was-not-was' || pattern === 'no-no' ? 1 : 0;
    triples += pattern === 'triple' || pattern === 'of-and' ? 1 : 0;
  };
  scanPatterns(prose, marks, count, from);
  return { turns, contrasts, triples };
}
