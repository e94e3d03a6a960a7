import { isVowel, withEnding, type Sound } from './sound';

type Find = (word: string) => readonly Sound[];

/** Contractions of verse that no rule makes. */
const CONTRACTIONS = new Map([
  ["o'er", 'oar'],
  ['oer', 'oar'],
  ["e'er", 'air'],
  ["ne'er", 'nair'],
  ['neer', 'nair'],
  ["e'en", 'een'],
  ["ev'n", 'even'],
  ["th'", 'the'],
  ["wi'", 'with'],
]);

/** Sounds that a whispered or a buzzing ending follows. */
const WHISPERED = 'PTKFO';
const HISSING = 'SZXUCJ';

interface Ending {
  letters: string;
  /** Phones it adds, by the last phone of the stem. */
  phones: (last: string) => string;
}

const PLURAL = (last: string) =>
  HISSING.includes(last) ? 'jZ' : WHISPERED.includes(last) ? 'S' : 'Z';
const PAST = (last: string) =>
  'TD'.includes(last) ? 'jD' : WHISPERED.includes(last) || 'SXC'.includes(last) ? 'T' : 'D';

const ENDINGS: readonly Ending[] = [
  { letters: "'s", phones: PLURAL },
  { letters: "s'", phones: PLURAL },
  { letters: 'es', phones: PLURAL },
  { letters: 's', phones: PLURAL },
  { letters: "'d", phones: PAST },
  { letters: 'ed', phones: PAST },
  // Older printing: "designd".
  { letters: 'd', phones: PAST },
  { letters: "'st", phones: () => 'ST' },
  { letters: 'est', phones: () => 'jST' },
  { letters: 'eth', phones: () => 'jO' },
  { letters: "'th", phones: () => 'O' },
  { letters: 'ing', phones: () => 'jQ' },
  { letters: "in'", phones: () => 'jN' },
  { letters: 'er', phones: () => 'h' },
  { letters: 'ness', phones: () => 'NcS' },
  { letters: 'less', phones: () => 'LcS' },
  { letters: 'ful', phones: () => 'FcL' },
  { letters: 'ly', phones: () => 'Lk' },
  { letters: 'ment', phones: () => 'McNT' },
];

/**
 * A word's sounds from those of the words it is made of: inflections, archaic ones included
 * (-eth, -est, -'d), contractions (heav'n, o'er), older spellings, prefixes and compounds.
 */
export function derived(word: string, find: Find): readonly Sound[] {
  const whole = CONTRACTIONS.get(word);
  if (whole !== undefined) {
    return find(whole);
  }
  return inflected(word, find) ?? respelled(word, find) ?? compound(word, find) ?? [];
}

/** A word made of a known stem and an ending. */
export function inflected(word: string, find: Find): readonly Sound[] | undefined {
  for (const { letters, phones } of ENDINGS) {
    if (!word.endsWith(letters) || word.length < letters.length + 2) {
      continue;
    }
    for (const stem of stems(word.slice(0, -letters.length), letters)) {
      const sounds = find(stem);
      if (sounds.length > 0) {
        return sounds.map((sound) => withEnding(sound, phones(sound.tail.slice(-1))));
      }
    }
  }
  return undefined;
}

function stems(stem: string, ending: string): string[] {
  const found = [stem];
  const last = stem.slice(-1);
  if (stem.endsWith('i')) {
    found.push(`${stem.slice(0, -1)}y`);
  }
  if (
    ending !== 's' &&
    !ending.startsWith("'s") &&
    'aeiou'.includes(ending.replace("'", 'e').charAt(0))
  ) {
    found.push(`${stem}e`);
    if (stem.length > 3 && last === stem.slice(-2, -1)) {
      found.push(stem.slice(0, -1));
    }
  }
  return found;
}

function respelled(word: string, find: Find): readonly Sound[] | undefined {
  const others = [
    word.replaceAll("'", 'e'),
    word.replaceAll("'", ''),
    word.replace(/our/, 'or'),
    word.replace(/re$/, 'er'),
    word.replace(/ise(?=[ds]?$)/, 'ize'),
    word.replace(/ie$/, 'y'),
    word.replace(/(?<=[^aeiouy])e$/, ''),
  ];
  for (const other of others) {
    const sounds = other === word || other === '' ? [] : find(other);
    if (sounds.length > 0) {
      return sounds;
    }
  }
  return undefined;
}

/** Fewest letters of a compound's parts. */
const PART = 3;

function compound(word: string, find: Find): readonly Sound[] | undefined {
  for (let at = PART - 1; at <= word.length - PART; at++) {
    const tail = find(word.slice(at));
    const head = tail.length > 0 ? find(word.slice(0, at).replace(/-$/, ''))[0] : undefined;
    if (head !== undefined) {
      return tail.map((sound) => ({ ...sound, stress: head.stress + sound.stress }));
    }
  }
  return undefined;
}

/** Index of the last vowel of a tail. */
export function lastVowel(tail: string): number {
  let at = tail.length - 1;
  while (at > 0 && !isVowel(tail.charAt(at))) {
    at--;
  }
  return Math.max(at, 0);
}
