import type { Prose } from './prose';

/** A 53-bit hash of `length` words in a row, the first at `at`. */
export function gramHash(prose: Prose, at: number, length: number): number {
  let low = 0;
  let high = 0;
  for (let i = at; i < at + length; i++) {
    low = Math.imul(low ^ (prose.low[i] ?? 0), 0x01000193) ^ (low >>> 15);
    high = Math.imul(high ^ (prose.high[i] ?? 0), 0x5bd1e995) ^ (high >>> 13);
  }
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}
