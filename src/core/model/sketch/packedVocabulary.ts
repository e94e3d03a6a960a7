import { traitsOf } from './traits';
import { type Lexicon, UNKNOWN } from './vocabulary';

/** The tokens of the trained model, read in place: Latin-1 letters, one token after the other. */
export class PackedVocabulary implements Lexicon {
  readonly size: number;
  private readonly starts: Uint32Array;
  /** Open addressing: token id + 1, or 0. */
  private readonly slots: Int32Array;
  private readonly traits: Int16Array;
  /** The texts that were asked for. */
  private readonly texts: string[] = [];

  /**
   * @param lengths by token, how many letters it has
   * @param letters all tokens' letters
   */
  constructor(
    lengths: Uint8Array,
    private readonly letters: Uint8Array,
  ) {
    this.size = lengths.length;
    this.starts = new Uint32Array(this.size + 1);
    this.traits = new Int16Array(this.size).fill(-1);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.size + 2)));
    const mask = this.slots.length - 1;
    let start = 0;
    for (const [id, length] of lengths.entries()) {
      this.starts[id] = start;
      let hash = 0;
      for (let i = start; i < start + length; i++) {
        hash = stir(hash, letters[i] ?? 0);
      }
      let slot = settle(hash) & mask;
      while (this.slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      this.slots[slot] = id + 1;
      start += length;
    }
    this.starts[this.size] = start;
  }

  find(text: string): number {
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = stir(hash, text.charCodeAt(i));
    }
    const mask = this.slots.length - 1;
    for (let slot = settle(hash) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.slots[slot] ?? 0) - 1;
      if (id === UNKNOWN || (this.lengthOf(id) === text.length && this.beginsWith(id, text))) {
        return id;
      }
    }
  }

  text(id: number): string {
    return (this.texts[id] ??= String.fromCharCode(
      ...this.letters.subarray(this.starts[id] ?? 0, this.starts[id + 1] ?? 0),
    ));
  }

  traitsOf(id: number): number {
    const known = this.traits[id] ?? 0;
    if (known >= 0) {
      return known;
    }
    return (this.traits[id] = traitsOf(this.text(id)));
  }

  longerThan(prefix: string): number[] {
    const ids: number[] = [];
    for (let id = 0; id < this.size; id++) {
      if (this.lengthOf(id) > prefix.length && this.beginsWith(id, prefix)) {
        ids.push(id);
      }
    }
    return ids;
  }

  private lengthOf(id: number): number {
    return (this.starts[id + 1] ?? 0) - (this.starts[id] ?? 0);
  }

  private beginsWith(id: number, prefix: string): boolean {
    const start = this.starts[id] ?? 0;
    for (let i = 0; i < prefix.length; i++) {
      if (this.letters[start + i] !== prefix.charCodeAt(i)) {
        return false;
      }
    }
    return true;
  }
}

function stir(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Brings the high bits of the hash down. */
function settle(hash: number): number {
  return hash ^ (hash >>> 15);
}
