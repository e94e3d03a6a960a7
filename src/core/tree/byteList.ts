const BITS = 7;
const MORE = 0x80;
/** Of a number below 2³⁵. */
const MOST_BYTES = 5;

/** A growing list of bytes. */
export class ByteList {
  readonly #bytes: number[] = [];

  /** A whole number ≥ 0, seven bits a byte, the lowest first. */
  count(value: number): void {
    let rest = value;
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) {
      this.#bytes.push((rest % MORE) + MORE);
    }
    this.#bytes.push(rest);
  }

  /** 16 bits, the lower byte first. */
  word(value: number): void {
    this.#bytes.push(value & 0xff, value >>> 8);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what `ByteList` wrote. Past the end everything is 0 and `isSound` false. */
export class ByteReader {
  #at = 0;
  isSound = true;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.#at === this.bytes.length;
  }

  count(): number {
    let value = 0;
    for (let i = 0, scale = 1; i < MOST_BYTES; i++, scale *= 2 ** BITS) {
      const byte = this.#next();
      value += (byte % MORE) * scale;
      if (byte < MORE) {
        return value;
      }
    }
    this.isSound = false;
    return 0;
  }

  word(): number {
    const low = this.#next();
    return low | (this.#next() << 8);
  }

  #next(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) {
      this.isSound = false;
      return 0;
    }
    this.#at++;
    return byte;
  }
}
