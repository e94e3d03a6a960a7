import { STOP_WORDS } from '../diversity/words';
import { finish, type Steps } from '../steps';
import type { Span } from '../text/span';
import { wordSpans, type WordSpan } from './wordSpans';

export type RecurringKind = 'name' | 'phrase' | 'thing' | 'ending';

/** Something that might come again over other passages. */
export interface Recurring extends Span {
  kind: RecurringKind;
  /** What is compared: the same whatever case and typesetting. */
  key: string;
  /** As it stands in the text. */
  phrase: string;
}

/** Texts are read so far, in UTF-16 code units. */
const READ = 8_000;
const PHRASE_WORDS = 4;
const ENDING_WORDS = 5;
const ARTICLES = new Set(['a', 'an', 'the']);

/** Read between two pauses, in UTF-16 code units. */
const TURN = 20_000;

/** The words of a passage, which are its own: read once for all texts that continue it. */
export function* ownWords(before: string): Steps<ReadonlySet<string>> {
  const own = new Set<string>();
  for (let start = 0; start < before.length;) {
    const space = before.indexOf(' ', start + TURN);
    const end = space < 0 ? before.length : space;
    for (const { word } of wordSpans(before.slice(start, end))) {
      own.add(word);
    }
    start = end;
    yield;
  }
  return own;
}

/**
 * Names, phrases of four words, things ("the brass key") and the last words of a text, each at its first
 * place. What the passage has too is its own, not an attractor.
 * @param before the passage that the text continues, or its own words
 */
export function recurringIn(text: string, before: string | ReadonlySet<string>): Recurring[] {
  const words = wordSpans(text.slice(0, READ));
  const own = typeof before === 'string' ? finish(ownWords(before)) : before;
  const found = new Map<string, Recurring>();
  const add = (kind: RecurringKind, run: readonly WordSpan[]) => {
    const first = run[0];
    const last = run.at(-1);
    if (first && last && !run.filter(telling).every(({ word }) => own.has(word))) {
      const key = run.map(({ word }) => word).join(' ');
      const span = { start: first.start, end: last.end };
      if (!found.has(`${kind} ${key}`)) {
        found.set(`${kind} ${key}`, {
          kind,
          key,
          phrase: text.slice(span.start, span.end),
          ...span,
        });
      }
    }
  };
  const names = namesIn(text, words);
  words.forEach((word, at) => {
    if (names.has(word.word) && isCapital(word)) {
      add('name', [word]);
    }
    const phrase = words.slice(at, at + PHRASE_WORDS);
    if (
      phrase.length === PHRASE_WORDS &&
      phrase.filter(telling).length >= 2 &&
      joined(text, phrase)
    ) {
      add('phrase', phrase);
    }
    const thing = words.slice(at, at + 3);
    if (ARTICLES.has(word.word) && thing.length === 3 && isThing(text, thing)) {
      add('thing', thing.slice(1));
    }
  });
  const whole = text.length <= READ;
  const ending = words.slice(-ENDING_WORDS);
  if (whole && ending.length === ENDING_WORDS && ending.filter(telling).length >= 2) {
    add('ending', ending);
  }
  return [...found.values()];
}

function telling({ word }: WordSpan): boolean {
  return !STOP_WORDS.has(word);
}

function isCapital({ text }: WordSpan): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text);
}

/** Words with a capital inside a sentence, never without one. */
function namesIn(text: string, words: readonly WordSpan[]): ReadonlySet<string> {
  const names = new Set<string>();
  const plain = new Set<string>();
  words.forEach((word, at) => {
    const before = words[at - 1];
    if (!isCapital(word)) {
      plain.add(word.word);
    } else if (before && telling(word) && !/[^\s,;]/u.test(text.slice(before.end, word.start))) {
      names.add(word.word);
    }
  });
  return new Set([...names].filter((name) => !plain.has(name)));
}

/** Whether nothing but spaces stands between the words. */
function joined(text: string, words: readonly WordSpan[]): boolean {
  return words.every(
    ({ start }, i) => i === 0 || text.slice(words[i - 1]?.end, start).trim() === '',
  );
}

/** "the brass key": an article and two telling words of its own. */
function isThing(text: string, words: readonly WordSpan[]): boolean {
  const rest = words.slice(1);
  return rest.every((word) => telling(word) && !isCapital(word)) && joined(text, words);
}
