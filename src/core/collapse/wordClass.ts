import type { Prose } from './prose';
import { Wordbook } from './wordbook';

/** Classes of words that several detectors ask for; a word may be in more than one. */
export const WordClass = {
  /** English function words: about 45 % of English prose and few words of any other language. */
  function: 1 << 0,
  not: 1 << 1,
  but: 1 << 2,
  pronoun: 1 << 3,
  copula: 1 << 4,
  and: 1 << 5,
  no: 1 << 6,
  /** Words in -ing that are not participles. */
  falseParticiple: 1 << 7,
  of: 1 << 8,
  /** Words that name a lesson or a sum of things. */
  lesson: 1 << 9,
  /** Words of hope that endings are made of. */
  uplift: 1 << 10,
  /** Words that generalise: always, every, each. */
  general: 1 << 11,
  /** A pronoun and its verb in one: the start of *it's Y* after *not X*. */
  itIs: 1 << 12,
} as const;

const FUNCTION =
  'the a an and or but if of to in on at by for with from as into about over after before between ' +
  'through during without under out up down off again then than so because while when where who ' +
  'which what why how that this these those there here he she it they we you i me him her us them ' +
  'his its their our your my is are was were be been being am has have had do does did will would ' +
  'shall should can could may might must not no nor only all any both each few more most other some ' +
  "such very just don't didn't wasn't it's i'm he'd she'd";

const BOOK = new Wordbook([
  FUNCTION,
  "not isn't wasn't aren't weren't never don't doesn't didn't",
  'but',
  'it he she they this that we',
  "is was are were isn't wasn't aren't weren't",
  'and or',
  'no',
  'nothing something anything everything during morning evening being king ring thing spring string ' +
    'wing bring sing sting swing fling evening ceiling wedding building clothing sibling darling ' +
    'lightning feeling according including interesting',
  'of',
  'lesson lessons remember remembers reminder reminds remind reminded taught teaches truth truly ' +
    'learned realized realised realization matters meaning true moral',
  'hope hopeful future tomorrow dawn new beginning beginnings journey together light peace love heart ' +
    'hearts forever healing promise possibility possibilities home strength courage change changed ' +
    'resilience whole belong belonged alive brighter chapter bond legacy spirit connection wonder ' +
    'magic world life',
  'every always everyone all each sometimes perhaps never life people',
  "it's that's they're he's she's we're",
]);

export function classify(prose: Prose): Int32Array {
  return BOOK.mark(prose);
}
