import type { WriterId } from './node';

interface Seen {
  /** Every number under this was seen. */
  below: number;
  /** Seen out of turn. */
  beyond: Set<number>;
}

/** Remembers which events were seen, in little space as long as they come about in order. */
export class SeenEvents {
  readonly #writers = new Map<WriterId, Seen>();

  /** Remembers an event; returns false when it was seen before. */
  add(writer: WriterId, seq: number): boolean {
    let seen = this.#writers.get(writer);
    if (seen === undefined) {
      seen = { below: 0, beyond: new Set() };
      this.#writers.set(writer, seen);
    }
    if (seq < seen.below || seen.beyond.has(seq)) {
      return false;
    }
    if (seq > seen.below) {
      seen.beyond.add(seq);
      return true;
    }
    do {
      seen.below++;
    } while (seen.beyond.delete(seen.below));
    return true;
  }
}
