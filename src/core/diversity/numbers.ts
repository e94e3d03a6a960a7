/** Gives strings numbers from 0 in the order they first come. */
export class StringNumbers {
  readonly #known = new Map<string, number>();

  get size(): number {
    return this.#known.size;
  }

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) {
      return known;
    }
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

const FIRST_CAPACITY = 1 << 10;
/** Slots a pair. */
const ROOM = 2;
/** Odd factors that spread neighbouring numbers (Knuth 1998, §6.4). */
const SPREAD_FIRST = 0x9e3779b1;
const SPREAD_SECOND = 0x85ebca77;

/**
 * Gives pairs of numbers (integers of 32 bits) numbers from 0 in the order they first come. Open addressing:
 * several times as fast as a `Map`, whose keys would be too large for small integers.
 */
export class PairNumbers {
  #firsts = new Int32Array(FIRST_CAPACITY);
  #seconds = new Int32Array(FIRST_CAPACITY);
  /** For each slot the number of its pair plus 1; 0 where it is free. */
  #slots = new Int32Array(ROOM * FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  of(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) {
      return known - 1;
    }
    const number = this.#size++;
    this.#firsts[number] = first;
    this.#seconds[number] = second;
    this.#slots[slot] = this.#size;
    if (this.#size === this.#firsts.length) {
      this.#grow();
    }
    return number;
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    const mixed = Math.imul(first, SPREAD_FIRST) ^ Math.imul(second, SPREAD_SECOND);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number < 0 || (this.#firsts[number] === first && this.#seconds[number] === second)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const capacity = 2 * this.#size;
    this.#firsts = enlarged(this.#firsts, capacity);
    this.#seconds = enlarged(this.#seconds, capacity);
    this.#slots = new Int32Array(ROOM * capacity);
    for (let number = 0; number < this.#size; number++) {
      const slot = this.#slotOf(this.#firsts[number] ?? 0, this.#seconds[number] ?? 0);
      this.#slots[slot] = number + 1;
    }
  }
}

function enlarged(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}
