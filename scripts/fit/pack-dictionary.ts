/**
 * Packs the CMU pronouncing dictionary into media/pronunciations.bin: `tsx scripts/fit/pack-dictionary.ts`.
 * Words that their parts already say right are left out; to the rest is added what most words with the
 * same last letters (1 to 5) sound like, under "-" and those letters. The layout is described in
 * src/core/verse/pronunciationFile.ts.
 */
import { writeFile } from 'node:fs/promises';
import { dictionary } from 'cmu-pronouncing-dictionary';
import { inflected } from '../../src/core/verse/derived';
import { hashOf, MAGIC, PRONUNCIATIONS } from '../../src/core/verse/pronunciationFile';
import { isVowel, type Sound } from '../../src/core/verse/sound';

const PHONES = new Map(
  (
    'AA a AE b AH c AO d AW e AY f EH g ER h EY i IH j IY k OW l OY m UH n UW o ' +
    'B B CH C D D DH E F F G G HH H JH J K K L L M M N N NG Q P P R R S S SH X T T TH O V V W W Y Y Z Z ZH U'
  )
    .match(/\S+ \S+/g)
    ?.map((pair) => pair.split(' ') as [string, string]),
);

const MOST_PATTERNS = 127;
const LONGEST_ENDING = 5;
const FEWEST = 4;

function soundOf(pronunciation: string): Sound | undefined {
  const phones = pronunciation.split(' ');
  const code = phones.map((phone) => PHONES.get(phone.replace(/\d/, '')) ?? '');
  const vowels = code.flatMap((phone, i) => (isVowel(phone) ? [i] : []));
  const stress = vowels.map((i) => phones[i]?.slice(-1)).join('');
  const stressed = Math.max(stress.lastIndexOf('1'), stress.lastIndexOf('2'));
  const from = vowels[Math.max(stressed, vowels.length - 2, 0)];
  return from === undefined ? undefined : { tail: code.slice(from).join(''), stress };
}

const key = ({ tail, stress }: Sound) => `${stress} ${tail}`;
const same = (a: readonly Sound[], b: readonly Sound[]) =>
  a.map(key).sort().join() === b.map(key).sort().join();

function read(): Map<string, Sound[]> {
  const words = new Map<string, Sound[]>();
  for (const [entry, pronunciation] of Object.entries(dictionary)) {
    const word = entry.replace(/\(\d\)$/, '');
    const sound = soundOf(pronunciation);
    if (sound === undefined || !/^[a-z']+$/.test(word)) {
      continue;
    }
    const sounds = words.get(word) ?? [];
    if (!sounds.some((other) => key(other) === key(sound))) {
      sounds.push(sound);
    }
    words.set(word, sounds);
  }
  return words;
}

/** Longer words are tried on the shorter ones that are kept. */
function pruned(words: Map<string, Sound[]>): Map<string, Sound[]> {
  const kept = new Map<string, Sound[]>();
  const find = (word: string) => kept.get(word) ?? [];
  for (const word of [...words.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const sounds = words.get(word) ?? [];
    if (!same(sounds, inflected(word, find) ?? [])) {
      kept.set(word, sounds);
    }
  }
  return kept;
}

/** For every ending of so many letters, how often words that have it sound how. */
function countEndings(
  words: Map<string, Sound[]>,
  length: number,
): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const [word, [sound]] of words) {
    if (sound !== undefined && word.length >= length && !word.includes("'")) {
      const ending = word.slice(-length);
      const of = counts.get(ending) ?? new Map<string, number>();
      const last = key({ ...sound, stress: sound.stress.slice(-2) });
      counts.set(ending, of.set(last, (of.get(last) ?? 0) + 1));
    }
  }
  return counts;
}

/** The commonest sound of every ending that has one most of the time and not the one of a shorter ending. */
function endings(words: Map<string, Sound[]>): Map<string, Sound[]> {
  const found = new Map<string, Sound[]>();
  for (let length = 1; length <= LONGEST_ENDING; length++) {
    for (const [ending, of] of countEndings(words, length)) {
      const total = [...of.values()].reduce((sum, n) => sum + n, 0);
      const best = [...of].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
      const shorter = found.get(`-${ending.slice(1)}`)?.[0];
      if (
        best !== undefined &&
        total >= FEWEST &&
        (shorter === undefined || key(shorter) !== best[0])
      ) {
        const [stress = '', tail = ''] = best[0].split(' ');
        found.set(`-${ending}`, [{ stress, tail }]);
      }
    }
  }
  return found;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      return [...bytes, rest];
    }
    bytes.push((rest % 128) | 0x80);
  }
}

function ranked(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}

const all = read();
const kept = [...pruned(all), ...endings(all)];
const patterns = ranked(kept.flatMap(([, sounds]) => sounds.map(({ stress }) => stress))).slice(
  0,
  MOST_PATTERNS,
);
const patternAt = new Map(patterns.map((pattern, i) => [pattern, i]));
const usable = kept.flatMap(([word, sounds]) =>
  sounds.filter(({ stress }) => patternAt.has(stress)).map((sound) => ({ word, ...sound })),
);
const tails = ranked(usable.map(({ tail }) => tail));
const tailAt = new Map(tails.map((tail, i) => [tail, i]));
const entries = usable
  .map(({ word, tail, stress }, order) => ({
    hash: hashOf(word),
    order,
    codes: [...varint(patternAt.get(stress) ?? 0), ...varint(tailAt.get(tail) ?? 0)],
  }))
  .sort((a, b) => a.hash - b.hash || a.order - b.order);

const ascii = (text: string) => Array.from(text, (unit) => unit.charCodeAt(0));
const bytes = ascii(MAGIC);
for (const list of [patterns, tails]) {
  const joined = ascii(list.join(' '));
  bytes.push(...varint(joined.length));
  for (const unit of joined) {
    bytes.push(unit);
  }
}
bytes.push(...varint(entries.length));
let before = 0;
for (const { hash, codes } of entries) {
  bytes.push(...varint(hash - before), ...codes);
  before = hash;
}
await writeFile(new URL(`../../media/${PRONUNCIATIONS}`, import.meta.url), Uint8Array.from(bytes));
console.log(
  `${all.size} words, ${entries.length} entries, ${tails.length} tails, ${patterns.length} patterns, ${bytes.length} bytes`,
);
