import { readFileSync } from 'node:fs';
import { checkText } from '../../../src/core/collapse/checkText';
import type { Subject } from '../../../src/core/collapse/subject';
import type { Flag, FlagCode } from '../../../src/core/collapse/flag';
import { LEXICON_FILE, parseLexicon } from '../../../src/core/collapse/lexicon';
import { readSubject, type Reading } from '../../../src/core/collapse/reading';

const media = new URL('../../../media/', import.meta.url);

/** The lexicon that ships. */
export const lexicon = parseLexicon(readFileSync(new URL(LEXICON_FILE, media)));

/** The sample draft: eighteen thousand characters of fiction. */
export const fiction = readFileSync(new URL('sample/draft.md', media), 'utf8');

/** A page of a human novel: Herman Melville, Moby-Dick (1851), how it begins. */
export const NOVEL =
  'Call me Ishmael. Some years ago--never mind how long precisely--having little or no money in my purse, ' +
  'and nothing particular to interest me on shore, I thought I would sail about a little and see the watery ' +
  'part of the world. It is a way I have of driving off the spleen and regulating the circulation. Whenever ' +
  'I find myself growing grim about the mouth; whenever it is a damp, drizzly November in my soul; whenever ' +
  'I find myself involuntarily pausing before coffin warehouses, and bringing up the rear of every funeral ' +
  'I meet; and especially whenever my hypos get such an upper hand of me, that it requires a strong moral ' +
  'principle to prevent me from deliberately stepping into the street, and methodically knocking ' +
  'people’s hats off--then, I account it high time to get to sea as soon as I can. This is my substitute ' +
  'for pistol and ball. With a philosophical flourish Cato throws himself upon his sword; I quietly take to ' +
  'the ship. There is nothing surprising in this. If they but knew it, almost all men in their degree, some ' +
  'time or other, cherish very nearly the same feelings towards the ocean with me.\n\nThere now is your ' +
  'insular city of the Manhattoes, belted round by wharves as Indian isles by coral reefs--commerce ' +
  'surrounds it with her surf. Right and left, the streets take you waterward. Its extreme downtown is the ' +
  'battery, where that noble mole is washed by waves, and cooled by breezes, which a few hours previous were ' +
  'out of sight of land. Look at the crowds of water-gazers there.\n';

export const CANNED =
  'The air was thick with anticipation as Elara stepped into the bustling cobblestone square. ' +
  "It wasn't just a market; it was a tapestry of whispered secrets, a testament to resilience. " +
  'She took a deep breath, her voice barely above a whisper, a shiver running down her spine. ' +
  'Shadows flickered, casting long, intricate patterns, and her heart pounded in her chest.';

export function check(subject: Subject) {
  return checkText(subject, { lexicon });
}

export function codes(subject: Subject): FlagCode[] {
  return check(subject).flags.map(({ code }) => code);
}

export function reading(text: string, more: Partial<Subject> = {}): Reading {
  return readSubject({ text, ...more });
}

/** The texts that flags lie on. */
export function marked(text: string, flags: readonly Flag[]): string[] {
  return flags.map(({ start, end }) => text.slice(start, end));
}
