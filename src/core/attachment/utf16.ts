/** True for the first half of a surrogate pair. Takes NaN, which `charCodeAt` gives outside a text. */
export function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** True for the second half of a surrogate pair. */
export function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** True when `offset` lies between the halves of one character. */
export function splitsPair(text: string, offset: number): boolean {
  return isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
}

const CHUNK = 4096;

/** Length of what two texts begin with in common; never ends on half a character. */
export function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let n = 0;
  // Whole chunks are compared by the engine, far faster than unit by unit.
  while (n + CHUNK <= most && a.slice(n, n + CHUNK) === b.slice(n, n + CHUNK)) {
    n += CHUNK;
  }
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) {
    n++;
  }
  return n > 0 && isHigh(a.charCodeAt(n - 1)) ? n - 1 : n;
}

/** Length, at most `most`, of what two texts end with in common; never begins on half a character. */
export function commonSuffix(a: string, b: string, most: number): number {
  let n = 0;
  const tail = (text: string) => text.slice(text.length - n - CHUNK, text.length - n);
  while (n + CHUNK <= most && tail(a) === tail(b)) {
    n += CHUNK;
  }
  while (n < most && a.charCodeAt(a.length - n - 1) === b.charCodeAt(b.length - n - 1)) {
    n++;
  }
  return n > 0 && isLow(a.charCodeAt(a.length - n)) ? n - 1 : n;
}

/**
 * A slice that does not keep the whole text alive: engines let a slice point into its parent, so that
 * one remembered word would hold a draft of megabytes.
 */
export function detachedSlice(text: string, start: number, end: number): string {
  const slice = text.slice(start, end);
  return slice.length * 4 > text.length ? slice : [slice.slice(0, 1), slice.slice(1)].join('');
}
