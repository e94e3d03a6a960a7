/** Compared at once: equality of slices is much faster than a look at each unit. */
const CHUNK = 4096;

/** How many UTF-16 code units two texts have in common at their beginnings. */
export function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let at = 0;
  while (at + CHUNK <= limit && a.slice(at, at + CHUNK) === b.slice(at, at + CHUNK)) {
    at += CHUNK;
  }
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) {
    at++;
  }
  return at;
}

/** The same at their ends, of what `taken` units at the beginning leave of the shorter one. */
export function commonSuffix(a: string, b: string, taken: number): number {
  const limit = Math.min(a.length, b.length) - taken;
  const tail = (text: string, from: number, to: number) =>
    text.slice(text.length - to, text.length - from);
  let size = 0;
  while (size + CHUNK <= limit && tail(a, size, size + CHUNK) === tail(b, size, size + CHUNK)) {
    size += CHUNK;
  }
  while (size < limit && a.charCodeAt(a.length - 1 - size) === b.charCodeAt(b.length - 1 - size)) {
    size++;
  }
  return size;
}
