/** The stanzas and poems that verse is fitted and measured on. See CONTRIBUTING.md for where they come from. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endWord, type EndWord } from '../../src/core/verse/pairFeatures';
import { Pronouncer } from '../../src/core/verse/pronouncer';
import { PRONUNCIATIONS, readPronunciations } from '../../src/core/verse/pronunciationFile';
import { folded, verseLines } from '../../src/core/verse/verseLines';
import { fold, readLines } from './corpus';

export interface Stanza {
  /** Stanzas that stand near each other: most of them of one poem. */
  group: string;
  period: string;
  text: string;
  scheme: number[];
}

export interface Poem {
  id: string;
  /** Poems of one author, or those by models that begin alike: they are kept out together. */
  group: string;
  text: string;
  /** By people only: whether it rhymes. */
  rhymed?: boolean;
  /** By models only. */
  model?: string;
  prompt?: string;
}

export const PERIODS = ['1516', '1617'];
const NEIGHBOURS = 25;

export async function readStanzas(data: string): Promise<Stanza[]> {
  const all: Stanza[] = [];
  for (const period of PERIODS) {
    const lines = await readLines(join(data, 'rhyme-stanzas', `${period}.jsonl.gz`));
    lines.forEach(({ text, scheme }, i) => {
      const group = `${period}-${String(Math.floor(i / NEIGHBOURS))}`;
      all.push({ group, period, text: String(text), scheme: scheme as number[] });
    });
  }
  return all;
}

export async function readPoems(data: string, name: 'human-poems' | 'llm-poems'): Promise<Poem[]> {
  const poems = (await readLines(join(data, `${name}.jsonl.gz`))) as unknown as Poem[];
  // Reasoning is never part of a text that is checked; one cut off inside it has no poem.
  return poems
    .filter(({ text }) => !text.startsWith('<think>') || text.includes('</think>'))
    .map((poem) => {
      const text = poem.text.replace(/^[^]*<\/think>/, '');
      const author = poem.id.split('/').slice(0, -1).join('/');
      return { ...poem, text, group: author || text.slice(0, BEGINNING) };
    });
}

/**
 * Whether a label can be fitted on: many poems of the collection's second edition that are said not to rhyme
 * do.
 */
export function wellLabelled({ id, rhymed }: Poem): boolean {
  return rhymed !== false || !id.startsWith('english-ed2/');
}

/** Poems by people that do not rhyme, as stanzas of which no line rhymes with another. */
export function unrhymedStanzas(poems: readonly Poem[]): Stanza[] {
  return poems
    .filter((poem) => poem.rhymed === false && wellLabelled(poem) && !keptOut(poem.group))
    .map(({ group, text }) => {
      const words = verseLines(text.slice(0, POEM_READ)).flatMap(({ last }) =>
        last === undefined ? [] : [folded(text.slice(last.start, last.end))],
      );
      return { group, period: '', text: words.join('\n'), scheme: words.map((_, i) => i) };
    });
}

const POEM_READ = 2000;
/** Models' poems that have so many characters in common at their beginning are kept out together. */
const BEGINNING = 60;

/** One group in five is kept out of fitting. The name is the split's: it is new whenever results of the last one led to a change. */
export function keptOut(group: string): boolean {
  return fold(`second split: ${group}`, 5) === 0;
}

export async function readPronouncer(): Promise<Pronouncer> {
  const file = new URL(`../../media/${PRONUNCIATIONS}`, import.meta.url);
  return new Pronouncer(readPronunciations(await readFile(file)));
}

export function endWords(stanza: Stanza, pronouncer: Pronouncer): EndWord[] {
  return stanza.text.split('\n').map((word) => endWord(word, pronouncer.sounds(word)));
}
