import { hashWord, type WordHash } from './fold';
import type { Prose } from './prose';

/** Sets of words, up to 31, looked up together: each word of a text gets one bit a set it is in. */
export class Wordbook {
  readonly #mask: number;
  readonly #low: Int32Array;
  readonly #high: Int32Array;
  readonly #bits: Int32Array;

  /** @param sets folded words parted by spaces; the set at index i owns bit `1 << i` */
  constructor(sets: readonly string[]) {
    const lists = sets.map((words) => words.split(' ').filter((word) => word !== ''));
    let size = 64;
    while (size < 3 * lists.reduce((sum, list) => sum + list.length, 0)) {
      size *= 2;
    }
    this.#mask = size - 1;
    this.#low = new Int32Array(size);
    this.#high = new Int32Array(size);
    this.#bits = new Int32Array(size);
    lists.forEach((list, bit) => {
      for (const word of list) {
        this.#add(word, 1 << bit);
      }
    });
  }

  #add(word: string, bit: number): void {
    const hash: WordHash = { low: 0, high: 0 };
    hashWord(word, 0, hash);
    const slot = this.#slot(hash.low, hash.high);
    this.#low[slot] = hash.low;
    this.#high[slot] = hash.high;
    this.#bits[slot] = (this.#bits[slot] ?? 0) | bit;
  }

  #slot(low: number, high: number): number {
    let slot = (low ^ (low >>> 15)) & this.#mask;
    while (this.#bits[slot] !== 0 && !(this.#low[slot] === low && this.#high[slot] === high)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  /** The bits of every word of a text. */
  mark(prose: Prose): Int32Array {
    const { low, high, count } = prose;
    const marks = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      marks[i] = this.#bits[this.#slot(low[i] ?? 0, high[i] ?? 0)] ?? 0;
    }
    return marks;
  }
}
