import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldWord } from '../../src/core/collapse/fold';
import { foldPhrase, PhraseTrie } from '../../src/core/collapse/phraseTrie';
import { Gap, Prose } from '../../src/core/collapse/prose';
import type { Sample } from './corpus';

const LONGEST = 4;

/** Phrases that stand in published lists of overused ones, and how much each list makes of them, 0 to 1. */
export interface Lists {
  names: readonly string[];
  /** For each phrase, its strength in each list. */
  strength: ReadonlyMap<string, readonly number[]>;
  /** How often each was counted, in lists that say so. */
  count: ReadonlyMap<string, number>;
}

const FILES = [
  'antislop-sampler.slop_words_2025-04-07.json',
  'antislop-sampler.slop_phrases_2025-04-07.json',
  'antislop-sampler.slop_phrase_prob_adjustments.json',
  'slop-score.slop_list.json',
];

export async function readLists(data: string): Promise<Lists> {
  const strength = new Map<string, number[]>();
  const counts = new Map<string, number>();
  for (const [list, name] of FILES.entries()) {
    const entries = JSON.parse(await readFile(join(data, 'lists', name), 'utf8')) as [
      string,
      number?,
    ][];
    const top = Math.log(1 + Math.max(...entries.map(([, count]) => count ?? 1)));
    for (const [phrase, count] of entries) {
      const folded = foldPhrase(phrase);
      if (folded !== '' && folded.split(' ').length <= PhraseTrie.longest) {
        const row = strength.get(folded) ?? FILES.map(() => 0);
        // Counts span four orders of magnitude: their logarithm is what differs between entries.
        row[list] = count !== undefined && count > 1 ? Math.log(1 + count) / top : 1;
        strength.set(folded, row);
        if (count !== undefined && count > 1) {
          counts.set(folded, Math.max(count, counts.get(folded) ?? 0));
        }
      }
    }
  }
  return { names: FILES, strength, count: counts };
}

/** Word sequences of a text that cross no comma. */
export function* ngrams(text: string): Generator<string> {
  const prose = new Prose(text);
  const words = Array.from({ length: prose.count }, (_, i) => foldWord(prose.word(i)));
  for (let i = 0; i < words.length; i++) {
    let phrase = '';
    for (let j = i; j < Math.min(words.length, i + LONGEST); j++) {
      if (j > i && (prose.gaps[j] ?? 0) > Gap.space) {
        break;
      }
      phrase = j > i ? `${phrase} ${words[j] ?? ''}` : (words[j] ?? '');
      yield phrase;
    }
  }
}

interface Spread {
  groups: Set<string>;
  sources: Set<string>;
}

/** Phrases that tuned models used on at least four prompts, two models among them. */
export function candidates(tuned: readonly Sample[]): string[] {
  const counts = new Map<string, number>();
  for (const { text } of tuned) {
    for (const phrase of ngrams(text)) {
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
  }
  const spread = new Map<string, Spread>();
  for (const { text, group, source } of tuned) {
    for (const phrase of ngrams(text)) {
      if ((counts.get(phrase) ?? 0) >= 4) {
        const entry = spread.get(phrase) ?? { groups: new Set(), sources: new Set() };
        entry.groups.add(group);
        entry.sources.add(source);
        spread.set(phrase, entry);
      }
    }
  }
  return [...spread]
    .filter(([, { groups, sources }]) => groups.size >= 4 && sources.size >= 2)
    .map(([phrase]) => phrase);
}
