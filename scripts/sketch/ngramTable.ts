/** All n-grams of one length, in the order of their symbols: those with one beginning lie together. */
export interface Level {
  readonly size: number;
  /** The last symbol of each. */
  readonly symbol: Int32Array;
  /** Each without its last symbol, in the level above; 0 for single symbols. */
  readonly parent: Int32Array;
  /** Each without its first symbol, in the level above; 0 for single symbols. */
  readonly suffix: Int32Array;
  /** How often each occurs. */
  readonly count: Int32Array;
}

/**
 * Counts the n-grams of a text by sorting its places (radix sort, last symbol first), in memory
 * that does not depend on how many differ: about 30 bytes a symbol at order 5.
 * @param text symbols, 0 to `symbols` − 1
 * @param order the longest n-gram counted, ≥ 2
 * @returns the levels by n-gram length; the first (length 0) is the empty n-gram
 */
export function countNgrams(text: Int32Array, symbols: number, order: number): Level[] {
  const sorted = sortPlaces(text, symbols, order);
  const root: Level = {
    size: 1,
    symbol: Int32Array.of(0),
    parent: Int32Array.of(0),
    suffix: Int32Array.of(0),
    count: Int32Array.of(text.length),
  };
  const levels = [root];
  // At each place of the text, which n-gram of the level above begins there.
  let above = new Int32Array(text.length);
  for (let n = 1; n <= order; n++) {
    const { level, at } = countLevel(text, sorted, above, n);
    levels.push(level);
    above = at;
  }
  return levels;
}

/** The places of the text sorted by the symbols that begin there; past the end stands −1. */
function sortPlaces(text: Int32Array, symbols: number, order: number): Int32Array {
  let from = Int32Array.from(text, (_, place) => place);
  let to = new Int32Array(text.length);
  const starts = new Int32Array(symbols + 2);
  for (let offset = order - 1; offset >= 0; offset--) {
    starts.fill(0);
    for (let place = 0; place < text.length; place++) {
      const key = (text[place + offset] ?? -1) + 2;
      starts[key] = (starts[key] ?? 0) + 1;
    }
    for (let key = 1; key < starts.length; key++) {
      starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
    }
    for (const place of from) {
      const key = (text[place + offset] ?? -1) + 1;
      const slot = starts[key] ?? 0;
      to[slot] = place;
      starts[key] = slot + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}

function countLevel(text: Int32Array, sorted: Int32Array, above: Int32Array, n: number) {
  const at = new Int32Array(text.length).fill(-1);
  let size = 0;
  let last = -1;
  for (const place of sorted) {
    if (place + n > text.length) {
      continue;
    }
    const same =
      last >= 0 &&
      (n === 1 || above[place] === above[last]) &&
      text[place + n - 1] === text[last + n - 1];
    size += same ? 0 : 1;
    at[place] = size - 1;
    last = place;
  }
  const level: Level = {
    size,
    symbol: new Int32Array(size),
    parent: new Int32Array(size),
    suffix: new Int32Array(size),
    count: new Int32Array(size),
  };
  for (let place = 0; place + n <= text.length; place++) {
    const node = at[place] ?? 0;
    level.symbol[node] = text[place + n - 1] ?? 0;
    level.parent[node] = n === 1 ? 0 : (above[place] ?? 0);
    level.suffix[node] = n === 1 ? 0 : (above[place + 1] ?? 0);
    level.count[node] = (level.count[node] ?? 0) + 1;
  }
  return { level, at };
}
