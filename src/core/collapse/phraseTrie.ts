import { foldWord, hashAscii, type WordHash } from './fold';
import { Gap, Prose } from './prose';
import type { Steps } from '../steps';

/** Numbers an edge in the table. */
const EDGE = 4;
const BEGINNINGS = 1 << 16;

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
  /** `EDGE` numbers an edge: the node it leaves (-1 where there is none), the word's hash, the node it leads to. */
  #edgeTable: Int32Array;
  /** Whether a phrase begins with a word whose hash ends so: most words are past after one look. */
  readonly #begins = new Uint8Array(BEGINNINGS);
  #nodes = 1;
  #edges = 0;
  /** Index of the phrase that ends at a node, from 1; 0 for none. */
  readonly #phrase: number[] = [0];

  /** @param room for how many phrases in all */
  constructor(phrases: readonly string[], room = phrases.length) {
    const size = tableSize(room * 3);
    this.#mask = size - 1;
    this.#edgeTable = new Int32Array(size * EDGE).fill(-1);
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
    if (this.#edgeTable[slot] !== -1) {
      return this.#edgeTable[slot + 3] ?? 0;
    }
    this.#edgeTable.set([node, low, high, this.#nodes], slot);
    if (node === 0) {
      this.#begins[low & (BEGINNINGS - 1)] = 1;
    }
    this.#phrase.push(0);
    if (++this.#edges * 2 > this.#mask) {
      this.#grow();
    }
    return this.#nodes++;
  }

  /** Where an edge stands in the table, or would. */
  #slot(node: number, low: number, high: number): number {
    const table = this.#edgeTable;
    let slot = (Math.imul(node, 0x9e3779b1) ^ low ^ (low >>> 15)) & this.#mask;
    for (;;) {
      const at = slot * EDGE;
      const from = table[at];
      if (from === -1 || (from === node && table[at + 1] === low && table[at + 2] === high)) {
        return at;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const old = this.#edgeTable;
    const size = (this.#mask + 1) * 2;
    this.#mask = size - 1;
    this.#edgeTable = new Int32Array(size * EDGE).fill(-1);
    for (let at = 0; at < old.length; at += EDGE) {
      const edge = old.subarray(at, at + EDGE);
      const [node = -1, low = 0, high = 0] = edge;
      if (node !== -1) {
        this.#edgeTable.set(edge, this.#slot(node, low, high));
      }
    }
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
      if (this.#begins[(low[first] ?? 0) & (BEGINNINGS - 1)] === 0) {
        continue;
      }
      let node = 0;
      for (let at = first; at < count; at++) {
        if (at > first && (gaps[at] ?? 0) > Gap.wrap) {
          break;
        }
        const slot = this.#slot(node, low[at] ?? 0, high[at] ?? 0);
        if (this.#edgeTable[slot] === -1) {
          break;
        }
        node = this.#edgeTable[slot + 3] ?? 0;
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
