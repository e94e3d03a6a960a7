import type { Prose } from './prose';
import { WordClass } from './wordClass';

/** `english`: word-based detectors can be trusted · `other`: they say nothing · `unclear`: too little text to tell. */
export type Language = 'english' | 'other' | 'unclear';

/** English prose has about 45 % of these function words, verse and lists 25 %; other languages below 8 %. */
const ENGLISH_SHARE = 0.15;
const FEWEST_WORDS = 12;
const SAMPLE = 5000;

/**
 * The language of a text, from its first words. A text of fewer words is English when it has one English
 * function word, else unclear: words are then looked up all the same, unless its letters are not Latin.
 * @param marks `classify(prose)`
 */
export function languageOf(prose: Prose, marks: Int32Array): Language {
  const words = Math.min(prose.count, SAMPLE);
  let english = 0;
  for (let i = 0; i < words; i++) {
    english += (marks[i] ?? 0) & WordClass.function;
  }
  if (words < FEWEST_WORDS) {
    const start = prose.starts[0] ?? 0;
    const sample = prose.text.slice(start, start + 400);
    if (/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(sample)) {
      return 'other';
    }
    return english > 0 ? 'english' : 'unclear';
  }
  return english >= ENGLISH_SHARE * words ? 'english' : 'other';
}
