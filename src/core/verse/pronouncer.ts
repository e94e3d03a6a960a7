import { derived } from './derived';
import { endWord, type EndWord } from './pairFeatures';
import type { Dictionary } from './pronunciationFile';
import type { Sound } from './sound';
import { spelledSyllables } from './spelling';

/** Words kept; the rest is looked up again. */
const CACHED = 20_000;
/** No word is longer; a longer one is a serial number or an attack. */
const LONGEST = 40;
const LONGEST_ENDING = 5;

/** Says how words sound: by the dictionary, by their parts, else by their spelling. */
export class Pronouncer {
  readonly #dictionary: Dictionary;
  readonly #cache = new Map<string, readonly Sound[]>();

  readonly #ends = new Map<string, EndWord | undefined>();

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  /**
   * At least one pronunciation of a word, lower case, apostrophes straight; none when it has no Latin
   * vowel or is no word.
   */
  sounds(word: string): readonly Sound[] {
    const known = this.#cache.get(word);
    if (known !== undefined) {
      return known;
    }
    const sounds = this.#look(word);
    if (this.#cache.size >= CACHED) {
      this.#cache.clear();
    }
    this.#cache.set(word, sounds);
    return sounds;
  }

  /** A word at the end of a line; undefined when it has no sound. */
  endWord(word: string): EndWord | undefined {
    if (this.#ends.has(word)) {
      return this.#ends.get(word);
    }
    const sounds = this.sounds(word);
    const end = sounds.length === 0 ? undefined : endWord(word, sounds);
    if (this.#ends.size >= CACHED) {
      this.#ends.clear();
    }
    this.#ends.set(word, end);
    return end;
  }

  /** Stress of each syllable; a word without sound counts as one stressed. */
  stress(word: string): string {
    return this.sounds(word)[0]?.stress ?? '1';
  }

  #look(word: string): readonly Sound[] {
    if (word.length > LONGEST) {
      return [];
    }
    const found = this.#dictionary.find(word);
    if (found.length > 0) {
      return found;
    }
    const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
    const parts = derived(plain, (other) => this.#dictionary.find(other));
    return parts.length > 0 ? parts : this.#spelled(plain);
  }

  /** What most words of the dictionary with the same last letters sound like. */
  #spelled(word: string): readonly Sound[] {
    for (let length = Math.min(LONGEST_ENDING, word.length); length >= 1; length--) {
      const found = this.#dictionary.find(`-${word.slice(-length)}`)[0];
      if (found !== undefined) {
        const count = Math.max(spelledSyllables(word), 1);
        return [{ tail: found.tail, stress: found.stress.slice(-count).padStart(count, '0') }];
      }
    }
    return [];
  }
}
