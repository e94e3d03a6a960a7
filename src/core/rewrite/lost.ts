import { Prose } from '../collapse/prose';
import { classify, WordClass } from '../collapse/wordClass';
import { typography } from '../diversity/typography';
import type { Label } from './rewriting';
import { wordsAlone } from './words';

/** Labels of each kind at most: a list of all that is gone helps nobody. */
const MOST = 5;
const NUMBER = /\d+(?:[.,:]\d+)*/gu;
/** What is said: words between double quotes, three at least. */
const SPEECH = /"([^"\n]{2,}?)"/gu;
const FEWEST_SPOKEN = 3;
const AFTER_STOP = /(?:^|[.!?…:]["')\]*_]*\s+|\n\s*|["(*_-]\s?|[—–]\s*)$/u;

/** What of the source is gone from a rewrite: names, numbers, what somebody says. It may be the point. */
export function lostThings(source: string, rewrite: string): Label[] {
  const [before, after] = [typography(source), typography(rewrite)];
  const label = (what: 'name' | 'number' | 'quotation') => (text: string) =>
    ({ kind: 'lost', what, text }) as const;
  return [
    ...namesIn(before)
      .filter((name) => !hasName(after, name))
      .slice(0, MOST)
      .map(label('name')),
    ...numbersLost(before, after).slice(0, MOST).map(label('number')),
    ...speechesIn(before)
      .filter((speech) => !wordsAlone(after).includes(wordsAlone(speech)))
      .slice(0, MOST)
      .map(label('quotation')),
  ];
}

/**
 * Words that are names by how they are written: with a capital inside a sentence, or with a capital wherever they
 * stand, twice at least. Scripts without capitals have none.
 */
function namesIn(text: string): string[] {
  const prose = new Prose(text);
  const marks = classify(prose);
  const seen = new Map<string, { inside: number; all: number; small: boolean }>();
  for (let i = 0; i < prose.count; i++) {
    const word = prose.word(i).replace(/'s?$/u, '');
    const key = word.toLowerCase();
    const isCapital = /^\p{Lu}\p{Ll}/u.test(word);
    const entry = seen.get(key) ?? { inside: 0, all: 0, small: false };
    const isInside = !AFTER_STOP.test(
      text.slice(Math.max(0, (prose.starts[i] ?? 0) - 8), prose.starts[i]),
    );
    const isFunction = ((marks[i] ?? 0) & WordClass.function) !== 0;
    entry.small ||= !isCapital || isFunction;
    entry.all += 1;
    entry.inside += isInside ? 1 : 0;
    seen.set(key, entry);
  }
  return [...seen]
    .filter(([, { inside, all, small }]) => !small && (inside > 0 || all > 1))
    .map(([key]) => key.charAt(0).toUpperCase() + key.slice(1));
}

function hasName(text: string, name: string): boolean {
  return new RegExp(`(?<!\\p{L})${name}(?!\\p{Ll})`, 'iu').test(text);
}

function numbersLost(before: string, after: string): string[] {
  const left = new Set(after.match(NUMBER));
  return [...new Set(before.match(NUMBER))].filter((number) => !left.has(number));
}

function speechesIn(text: string): string[] {
  return Array.from(text.matchAll(SPEECH), ([, speech]) => speech ?? '').filter(
    (speech) => speech.trim().split(/\s+/u).length >= FEWEST_SPOKEN,
  );
}
