import { findDerailed } from '../collapse/derailed';
import { readSubject, type Reading } from '../collapse/reading';
import { WordClass } from '../collapse/wordClass';
import type { Finish } from '../model/languageModel';
import { isRefusal, metaTalk } from './answerText';
import type { Fault } from './rewriting';
import { lostStructure } from './structure';
import { wordDiff } from './wordDiff';
import { wordsAlone } from './words';

/** A candidate as it came, without what was around it. */
export interface Candidate {
  text: string;
  finish: Finish;
}

export interface ExamineContext {
  source: string;
  before: string;
  avoid: readonly string[];
}

/** From this share of unchanged words on nothing was rewritten. */
const UNCHANGED = 0.9;
/** English prose has about 45 % of function words and fragments have few; other languages below 8 %. */
const FOREIGN_SHARE = 0.08;
/** A text in the source's own words is in its language. */
const SHARED_WORDS = 0.2;
const FEWEST_WORDS = 12;

/** What is wrong with a candidate by itself, whatever else is there; the gravest first, if anything. */
export function faultOf({ text, finish }: Candidate, context: ExamineContext): Fault | undefined {
  const { source, before, avoid } = context;
  if (wordsAlone(text) === '') {
    return finish === 'filtered' ? { kind: 'refused', text: '' } : { kind: 'empty' };
  }
  if (finish === 'filtered' || isRefusal(text, source)) {
    return { kind: 'refused', text };
  }
  const phrase = metaTalk(text, source);
  if (phrase !== undefined) {
    return { kind: 'meta', phrase };
  }
  if (finish === 'length') {
    return { kind: 'truncated' };
  }
  const reading = readSubject({ text, before: `${before}\n\n${source}` });
  const inSource = readSubject({ text: source });
  if (isForeign(inSource, reading)) {
    return { kind: 'language' };
  }
  if (findDerailed(reading).length > 0 && findDerailed(inSource).length === 0) {
    return { kind: 'derailed' };
  }
  const lost = lostStructure(source, text);
  if (lost !== undefined) {
    return { kind: 'structure', lost };
  }
  const similarity = sameness(source, text);
  if (similarity >= UNCHANGED) {
    return { kind: 'unchanged', similarity };
  }
  const again = avoided(text, avoid);
  return again === undefined ? undefined : { kind: 'avoided', phrase: again };
}

/** The share of letters in words that are kept, of both texts together: 0 to 1. */
export function sameness(source: string, rewrite: string): number {
  const [a, b] = [wordsAlone(source), wordsAlone(rewrite)];
  const kept = wordDiff(a, b).reduce(
    (sum, { kind, text }) => sum + (kind === 'kept' ? text.length : 0),
    0,
  );
  return (2 * kept) / (a.length + b.length || 1);
}

function isForeign(source: Reading, rewrite: Reading): boolean {
  if (scriptOf(source.subject.text) !== scriptOf(rewrite.subject.text)) {
    return true;
  }
  if (Math.min(source.prose.count, rewrite.prose.count) < FEWEST_WORDS) {
    return false;
  }
  const isOther =
    (source.language === 'english') !== (rewrite.language === 'english') &&
    Math.min(functionShare(source), functionShare(rewrite)) < FOREIGN_SHARE;
  return isOther && sharedWords(source, rewrite) < SHARED_WORDS;
}

function functionShare({ prose, marks }: Reading): number {
  let count = 0;
  for (let i = 0; i < prose.count; i++) {
    count += (marks[i] ?? 0) & WordClass.function;
  }
  return count / prose.count;
}

/** The share of a rewrite's words that the source has, too. */
function sharedWords(source: Reading, rewrite: Reading): number {
  const known = new Set(wordsAlone(source.subject.text).split(' '));
  const words = wordsAlone(rewrite.subject.text).split(' ');
  return words.filter((word) => known.has(word)).length / words.length;
}

const SCRIPTS = {
  Latin: /\p{sc=Latin}/gu,
  Cyrillic: /\p{sc=Cyrillic}/gu,
  Greek: /\p{sc=Greek}/gu,
  Arabic: /\p{sc=Arabic}/gu,
  Hebrew: /\p{sc=Hebrew}/gu,
  Devanagari: /\p{sc=Devanagari}/gu,
  Hangul: /\p{sc=Hangul}/gu,
  // Japanese is written in three at once, and shares one of them with Chinese.
  Kana: /[\p{sc=Hiragana}\p{sc=Katakana}]/gu,
  Han: /\p{sc=Han}/gu,
  Thai: /\p{sc=Thai}/gu,
} as const;

/** The script most of a text is written in; some kana make it Japanese. */
function scriptOf(text: string): string {
  const counts = Object.entries(SCRIPTS).map(
    ([name, letters]) => [name, text.match(letters)?.length ?? 0] as const,
  );
  const kana = counts.find(([name]) => name === 'Kana')?.[1] ?? 0;
  const han = counts.find(([name]) => name === 'Han')?.[1] ?? 0;
  const [name] = counts.reduce((most, next) => (next[1] > most[1] ? next : most));
  return name === 'Han' && kana > han / 10 ? 'Kana' : name;
}

/** The first phrase of a list that stands in a text, whatever its case and punctuation. */
export function avoided(text: string, phrases: readonly string[]): string | undefined {
  const words = ` ${wordsAlone(text)} `;
  return phrases.find((phrase) => {
    const wanted = wordsAlone(phrase);
    return wanted !== '' && words.includes(` ${wanted} `);
  });
}
