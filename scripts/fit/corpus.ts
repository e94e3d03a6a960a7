/** The texts that canned phrasing is fitted and measured on. See CONTRIBUTING.md for where they come from. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { foldPhrase } from '../../src/core/collapse/phraseTrie';
import { Prose } from '../../src/core/collapse/prose';

export type Kind = 'tuned' | 'base' | 'human' | 'novel';

/** A stretch of one text, at most `CHUNK` words. */
export interface Sample {
  kind: Kind;
  /** Which model, or which author. */
  source: string;
  /** Texts of one group answer one prompt or have one author: they are kept out together. */
  group: string;
  text: string;
}

export const CHUNK = 200;

export async function readLines(file: string): Promise<Record<string, unknown>[]> {
  const text = gunzipSync(await readFile(file)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function files(folder: string, ending: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  return names.map((name) => join(folder, name));
}

/** Models that were not tuned to follow instructions. */
const BASE = new Set(['gpt-j-6B', 'opt-2.7b']);

/** Stories by people and models on the same prompts; the first words are the prompt. */
async function stories(data: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  const seen = new Set<string>();
  for (const file of await files(join(data, 'stories'), '.jsonl.gz')) {
    for (const { text, source } of await readLines(file)) {
      const words = foldPhrase(String(text).slice(0, 120)).split(' ');
      const group = words.slice(0, 5).join(' ');
      const own = String(source);
      if (!seen.has(String(text))) {
        seen.add(String(text));
        const kind = own === 'human' ? 'human' : BASE.has(own) ? 'base' : 'tuned';
        samples.push({ kind, source: own, group, text: String(text) });
      }
    }
  }
  return samples;
}

async function creative(data: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const file of await files(join(data, 'creative'), '.jsonl.gz')) {
    for (const { text, model, prompt } of await readLines(file)) {
      const group = String(prompt);
      for (const part of chunks(String(text))) {
        samples.push({ kind: 'tuned', source: String(model), group, text: part });
      }
    }
  }
  return samples;
}

/** Public-domain novels: named author__title. */
export async function novels(folder: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const file of await files(folder, '.txt.gz')) {
    const author = basename(file).split('__')[0] ?? '';
    const text = gunzipSync(await readFile(file)).toString('utf8');
    samples.push({ kind: 'novel', source: 'novel', group: author, text });
  }
  return samples;
}

/** A text in stretches of `CHUNK` words; a rest of less than half of that is left out, unless it is all. */
export function chunks(text: string): string[] {
  const prose = new Prose(text);
  const parts: string[] = [];
  for (let first = 0; first < prose.count; first += CHUNK) {
    const last = Math.min(first + CHUNK, prose.count) - 1;
    if (first === 0 || last - first >= CHUNK / 2) {
      parts.push(text.slice(prose.starts[first], prose.ends[last]));
    }
  }
  return parts;
}

/** Stories and creative texts in the data folder. */
export async function samples(data: string): Promise<Sample[]> {
  return [...(await stories(data)), ...(await creative(data))];
}

/** A number from 0 to `parts` - 1 that depends on the group alone. */
export function fold(group: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (const character of group) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % parts;
}

/** One group in five is kept out of fitting. */
export function isHeldOut(sample: Sample): boolean {
  return fold(sample.group, 5) === 0;
}
