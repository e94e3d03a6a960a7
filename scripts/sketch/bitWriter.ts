/** Writes numbers bit by bit, lowest bit first, as `readBits` reads them. */
export class BitWriter {
  private words = new Int32Array(1024);
  private at = 0;

  write(value: number, width: number): void {
    if (((this.at + width) >>> 5) + 1 >= this.words.length) {
      const longer = new Int32Array(2 * this.words.length);
      longer.set(this.words);
      this.words = longer;
    }
    const word = this.at >>> 5;
    const shift = this.at & 31;
    this.words[word] = (this.words[word] ?? 0) | (value << shift);
    if (shift + width > 32) {
      this.words[word + 1] = (this.words[word + 1] ?? 0) | (value >>> (32 - shift));
    }
    this.at += width;
  }

  /** All words begun. */
  done(): Int32Array {
    return this.words.slice(0, Math.ceil(this.at / 32));
  }
}
