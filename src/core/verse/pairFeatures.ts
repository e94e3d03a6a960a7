import { lastVowel } from './derived';
import { VOWELS, type Sound } from './sound';
import { spelledRhyme } from './spelling';

/** A word at the end of a line, with what comparing it needs. */
export interface EndWord {
  /** Lower case, apostrophes straight. */
  word: string;
  spelled: string;
  endings: readonly EndSound[];
}

interface EndSound {
  tail: string;
  vowel: number;
  coda: string;
  /** 0: the last syllable is stressed, 1: the one before it, 2: neither. */
  beat: number;
}

const VOWEL_PAIRS = (VOWELS.length * (VOWELS.length - 1)) / 2;

/** Places of a pair's features, all 0 or 1. */
const F = {
  bias: 0,
  sameWord: 1,
  sameTail: 2,
  feminine: 3,
  /** + beat class 0…5: both beats, sorted; the last syllables sound the same. */
  sameEnd: 4,
  /** + beat class: the vowels are the same, the codas close. */
  closeCoda: 10,
  farCoda: 16,
  spelledSame: 17,
  spelledSameUnsounded: 18,
  letters2: 19,
  letters3: 20,
  letters4: 21,
  weakBoth: 22,
  weakOne: 23,
  openCodas: 24,
  spelledWeak: 25,
  sameOnset: 26,
  /** + vowel pair: the vowels differ, the codas are the same. */
  vowels: 27,
} as const;
const VOWELS_SPELLED = F.vowels + VOWEL_PAIRS;

/** Number of features of a pair. */
export const PAIR_FEATURES = VOWELS_SPELLED + 1;

/** Most pronunciations of a word that are compared. */
const PRONUNCIATIONS_COMPARED = 3;

export function endWord(word: string, sounds: readonly Sound[]): EndWord {
  const endings = sounds.slice(0, PRONUNCIATIONS_COMPARED).map(({ tail, stress }) => {
    const at = lastVowel(tail);
    const stressed = Math.max(stress.lastIndexOf('1'), stress.lastIndexOf('2'));
    return {
      tail,
      vowel: VOWELS.indexOf(tail.charAt(at)),
      coda: tail.slice(at + 1),
      beat: stressed < 0 ? 0 : Math.min(stress.length - 1 - stressed, 2),
    };
  });
  return { word, spelled: spelledRhyme(word), endings };
}

/**
 * Weighted sum of the features of two words, over the pronunciations that make it largest.
 * @param out when given, receives the features that hold
 */
export function pairScore(
  a: EndWord,
  b: EndWord,
  weights: readonly number[],
  out?: number[],
): number {
  const letters = letterFeatures(a, b);
  let best = -Infinity;
  let bestFeatures: readonly number[] = [];
  for (const x of a.endings) {
    for (const y of b.endings) {
      const features = soundFeatures(x, y, letters.length > 1);
      const score = features.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0);
      if (score > best) {
        best = score;
        bestFeatures = features;
      }
    }
  }
  if (best === -Infinity) {
    best = 0;
  }
  out?.push(...letters, ...bestFeatures);
  return best + letters.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0);
}

function letterFeatures(a: EndWord, b: EndWord): number[] {
  const features: number[] = [F.bias];
  if (a.word === b.word) {
    return [F.bias, F.sameWord];
  }
  const shared = sharedLetters(a.word, b.word);
  if (a.spelled === b.spelled) {
    features.push(F.spelledSame);
  }
  if (shared >= 2) {
    features.push(F.letters2);
  }
  if (shared >= 3) {
    features.push(F.letters3);
  }
  if (shared >= 4) {
    features.push(F.letters4);
  }
  return features;
}

function sharedLetters(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a.at(-1 - n) === b.at(-1 - n)) {
    n++;
  }
  return n;
}

function soundFeatures(x: EndSound, y: EndSound, alike: boolean): number[] {
  const features: number[] = [];
  const low = Math.min(x.beat, y.beat);
  const high = Math.max(x.beat, y.beat);
  const beats = (high * (high + 1)) / 2 + low;
  if (low > 0) {
    features.push(F.weakBoth);
  } else if (high > 0) {
    features.push(F.weakOne);
  }
  if (x.tail === y.tail) {
    features.push(x.beat === y.beat ? F.sameTail : F.feminine);
  }
  const spelled = alike ? [F.spelledSameUnsounded] : [];
  if (x.coda === y.coda) {
    if (x.vowel === y.vowel) {
      features.push(F.sameEnd + beats);
      return features;
    }
    const first = Math.min(x.vowel, y.vowel);
    const second = Math.max(x.vowel, y.vowel);
    features.push(F.vowels + (second * (second - 1)) / 2 + first, ...spelled);
    if (x.coda === '') {
      features.push(F.openCodas);
    }
    if (alike) {
      features.push(VOWELS_SPELLED);
    }
    return features;
  }
  features.push(...spelled);
  features.push(x.vowel === y.vowel && close(x.coda, y.coda) ? F.closeCoda + beats : F.farCoda);
  return features;
}

const VOICED = 'BDGVZEUJ';
const VOICELESS = 'PTKFSOXC';

/** Codas that differ in one phone's voicing, in one nasal, or by one more phone at the end. */
function close(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < long.length) {
    return long.length - short.length === 1 && short !== '' && long.startsWith(short);
  }
  let differing = 0;
  for (let i = 0; i < a.length; i++) {
    if (a.charAt(i) !== b.charAt(i)) {
      differing += classOf(a.charAt(i)) === classOf(b.charAt(i)) ? 1 : 2;
    }
  }
  return differing === 1;
}

function classOf(phone: string): string {
  const voiced = VOICED.indexOf(phone);
  if (voiced >= 0) {
    return VOICELESS.charAt(voiced);
  }
  return 'MNQ'.includes(phone) ? 'N' : phone;
}
