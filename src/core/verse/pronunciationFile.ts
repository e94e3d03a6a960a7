import type { Sound } from './sound';

/**
 * The packed dictionary: numbers as unsigned LEB128.
 *
 *     "VSOUND1\n"
 *     stress patterns, then tails: length of the joined text, text joined by spaces (ASCII)
 *     number of entries, then for each, by hash: difference to the hash before, pattern index, tail index
 *
 * Several pronunciations of a word are several entries with one hash. Words are known by 28 bits of hash
 * only: one strange word in two thousand is taken for another.
 */
export const PRONUNCIATIONS = 'pronunciations.bin';
export const MAGIC = 'VSOUND1\n';
const HASH_BITS = 28;

/** Where words are looked up. */
export interface Dictionary {
  /** Every pronunciation of a lower-case word; none when it is not there. */
  find(word: string): readonly Sound[];
}

export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) {
    hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> (32 - HASH_BITS);
}

/** @throws Error when the bytes are no packed dictionary. */
export function readPronunciations(bytes: Uint8Array): Dictionary {
  const reader = new Reader(bytes);
  if (reader.text(MAGIC.length) !== MAGIC) {
    throw new Error(`${PRONUNCIATIONS} is not a pronunciation file`);
  }
  const patterns = reader.text(reader.number()).split(' ');
  const tails = reader.text(reader.number()).split(' ');
  const count = reader.number();
  if (count > bytes.length) {
    throw new Error(`${PRONUNCIATIONS} is cut short`);
  }
  const hashes = new Int32Array(count);
  const entries = new Int32Array(count);
  let hash = 0;
  for (let i = 0; i < count; i++) {
    hash += reader.number();
    hashes[i] = hash;
    const pattern = reader.number();
    entries[i] = pattern * tails.length + reader.number();
  }
  return {
    find: (word) => {
      const wanted = hashOf(word);
      const found: Sound[] = [];
      for (let at = firstAt(hashes, wanted); hashes[at] === wanted; at++) {
        const entry = entries[at] ?? 0;
        const stress = patterns[Math.floor(entry / tails.length)] ?? '';
        found.push({ tail: tails[entry % tails.length] ?? '', stress });
      }
      return found;
    },
  };
}

function firstAt(hashes: Int32Array, wanted: number): number {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hashes[middle] ?? 0) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  text(length: number): string {
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return new TextDecoder().decode(part);
  }

  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) {
        throw new Error(`${PRONUNCIATIONS} is cut short`);
      }
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return value;
      }
    }
    throw new Error(`${PRONUNCIATIONS} is damaged`);
  }
}
