/**
 * How a word ends, as far as verse asks for it. One character a phone: see `VOWELS` and the consonants of
 * scripts/fit/pack-dictionary.ts.
 */
export interface Sound {
  /** Phones from the last stressed vowel, or from the last vowel but one where the stress lies further back. */
  tail: string;
  /** Stress of each syllable as the CMU dictionary gives it: 1 main, 2 second, 0 none. */
  stress: string;
}

/** AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW */
export const VOWELS = 'abcdefghijklmno';

export function isVowel(phone: string): boolean {
  return phone >= 'a' && phone <= 'o';
}

/** A sound with an ending that takes no stress. */
export function withEnding(sound: Sound, phones: string): Sound {
  const stress = sound.stress + '0'.repeat(phones.match(/[a-o]/g)?.length ?? 0);
  return { tail: lastVowels(sound.tail + phones), stress };
}

function lastVowels(tail: string): string {
  let vowels = 0;
  for (let at = tail.length - 1; at >= 0; at--) {
    if (isVowel(tail.charAt(at)) && ++vowels === 2) {
      return tail.slice(at);
    }
  }
  return tail;
}
