import { foldWord, hashAscii, type WordHash } from './fold';
import { Gap, Prose } from './prose';
import type { Steps } from '../steps';

/** Phrases added between two pauses. */
const TURN = 500;

/**
 * Finds every phrase of a list in a text, in time linear in the text (phrases have at most
 * `PhraseTrie.longest` words). A trie over words whose edges lie in one open-addressed hash table, so
 * that a step is a few integer compares and nothing is sliced out of the text.
 */
export class PhraseTrie {
  /** Longest phrase kept, in words. */
  static readonly longest = 8;
  #mask: number;
  #from: Int32Array;
  #low: Int32Array;
  #high: Int32Array;
  #to: Int32Array;
  #nodes = 1;
  #edges = 0;
  /** Index of the phrase that ends at a node, from 1; 0 for none. */
  readonly #phrase: number[] = [0];

  /** @param room for how many phrases in all */
  constructor(phrases: readonly string[], room = phrases.length) {
    const size = tableSize(room * 3);
    this.#mask = size - 1;
    this.#from = new Int32Array(size).fill(-1);
    this.#low = new Int32Array(size);
    this.#high = new Int32Array(size);
    this.#to = new Int32Array(size);
    phrases.forEach((phrase, index) => {
      this.#add(phrase, index);
    });
  }

  /** A trie of many phrases, with pauses. */
  static *building(phrases: readonly string[]): Steps<PhraseTrie> {
    const trie = new PhraseTrie([], phrases.length);
    for (const [index, phrase] of phrases.entries()) {
      trie.#add(phrase, index);
      if (index % TURN === TURN - 1) {
        yield;
      }
    }
    return trie;
  }

  #add(phrase: string, index: number): void {
    const hash: WordHash = { low: 0, high: 0 };
    const words = phrase.split(' ').filter((word) => word !== '');
    if (words.length === 0 || words.length > PhraseTrie.longest) {
      return;
    }
    let node = 0;
    for (const word of words) {
      hashAscii(word, hash);
      node = this.#child(node, hash.low, hash.high);
    }
    // The first of two equal phrases wins: lists put what counts most first.
    this.#phrase[node] ||= index + 1;
  }

  #child(node: number, low: number, high: number): number {
    const slot = this.#slot(node, low, high);
    if (this.#from[slot] !== -1) {
      return this.#to[slot] ?? 0;
    }
    this.#from[slot] = node;
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#to[slot] = this.#nodes;
    this.#phrase.push(0);
    if (++this.#edges * 2 > this.#mask) {
      this.#grow();
    }
    return this.#nodes++;
  }

  #slot(node: number, low: number, high: number): number {
    let slot = (Math.imul(node, 0x9e3779b1) ^ low ^ (low >>> 15)) & this.#mask;
    while (
      this.#from[slot] !== -1 &&
      !(this.#from[slot] === node && this.#low[slot] === low && this.#high[slot] === high)
    ) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const { from, low, high, to } = {
      from: this.#from,
      low: this.#low,
      high: this.#high,
      to: this.#to,
    };
    const size = from.length * 2;
    this.#mask = size - 1;
    this.#from = new Int32Array(size).fill(-1);
    this.#low = new Int32Array(size);
    this.#high = new Int32Array(size);
    this.#to = new Int32Array(size);
    from.forEach((node, old) => {
      if (node !== -1) {
        const slot = this.#slot(node, low[old] ?? 0, high[old] ?? 0);
        this.#from[slot] = node;
        this.#low[slot] = low[old] ?? 0;
        this.#high[slot] = high[old] ?? 0;
        this.#to[slot] = to[old] ?? 0;
      }
    });
  }

  /**
   * Reports every phrase in the text, shorter ones inside longer ones included. A phrase may cross a
   * comma or a wrapped line, never the end of a sentence or a paragraph.
   * @param found index of the phrase, its first and last word
   * @param from index of the first word a phrase may begin at
   */
  scan(prose: Prose, found: (phrase: number, first: number, last: number) => void, from = 0): void {
    const { count, low, high, gaps } = prose;
    for (let first = from; first < count; first++) {
      let node = 0;
      for (let at = first; at < count; at++) {
        if (at > first && (gaps[at] ?? 0) > Gap.wrap) {
          break;
        }
        const slot = this.#slot(node, low[at] ?? 0, high[at] ?? 0);
        if (this.#from[slot] === -1) {
          break;
        }
        node = this.#to[slot] ?? 0;
        const phrase = this.#phrase[node] ?? 0;
        if (phrase !== 0) {
          found(phrase - 1, first, at);
        }
      }
    }
  }
}

function tableSize(entries: number): number {
  let size = 64;
  while (size < entries * 2) {
    size *= 2;
  }
  return size;
}

/** A phrase in the form the trie takes: folded words with one space between them. */
export function foldPhrase(phrase: string): string {
  const prose = new Prose(phrase);
  return Array.from({ length: prose.count }, (_, i) => foldWord(prose.word(i))).join(' ');
}
