/**
 * A number of `width` bits (0 to 25) from bit `at` on; bits are numbered from the lowest of the
 * first word. Past the end of the words stand zeros.
 */
export function readBits(words: Int32Array, at: number, width: number): number {
  const word = at >>> 5;
  const shift = at & 31;
  let bits = (words[word] ?? 0) >>> shift;
  if (shift + width > 32) {
    bits |= (words[word + 1] ?? 0) << (32 - shift);
  }
  return bits & ((1 << width) - 1);
}

/** How many bits of a 32-bit word are set (Warren, Hacker's Delight, fig. 5-2). */
export function popCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A set of numbers as bits that can say how many members are below one. */
export class RankedBits {
  private readonly before: Uint32Array;

  constructor(private readonly words: Int32Array) {
    this.before = new Uint32Array(words.length);
    let sum = 0;
    for (let i = 0; i < words.length; i++) {
      this.before[i] = sum;
      sum += popCount(words[i] ?? 0);
    }
  }

  /** How many members are below this member; -1 for a number that is none. */
  rank(member: number): number {
    const word = this.words[member >>> 5] ?? 0;
    const bit = member & 31;
    if (((word >>> bit) & 1) === 0) {
      return -1;
    }
    return (this.before[member >>> 5] ?? 0) + popCount(word & ((1 << bit) - 1));
  }
}
