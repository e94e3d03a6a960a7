import { type PackedParts, WIDTH_BITS } from '../../src/core/model/sketch/packedParts';
import { BitWriter } from './bitWriter';
import { at } from './kneserNey';
import type { Level } from './ngramTable';
import type { PrunedLevel } from './pruning';
import { codebook, codeOf } from './quantise';

/** At least this much of every context's mass stays for shorter contexts. */
const LEAST_LEFT = 0.002;

/** Lays out a pruned model as `PackedNgrams` reads it. */
export function pack(
  levels: readonly Level[],
  pruned: readonly PrunedLevel[],
  codeBits: number,
): PackedParts {
  const order = levels.length - 1;
  const leads = new BitWriter();
  const lasts = new BitWriter();
  const widths = new BitWriter();
  const entries = new BitWriter();
  const contextsByLength: number[] = [];
  const books: number[] = [];
  let ranks = at(levels, 1).symbol;
  let isContext = contextsIn(levels, pruned, 1);
  isContext.forEach((yes) => leads.write(yes, 1));
  contextsByLength.push(isContext.reduce((sum, yes) => sum + yes, 0));
  for (let n = 2; n <= order; n++) {
    const level = at(levels, n);
    const { kept, share, weight } = at(pruned, n);
    const book = codebook(
      share,
      weight.map((w, node) => w * (kept[node] ?? 0)),
      1 << codeBits,
    );
    books.push(...book);
    const ranksHere = new Int32Array(level.size);
    isContext = n < order ? contextsIn(levels, pruned, n) : new Uint8Array(level.size);
    for (let from = 0; from < level.size;) {
      const parent = level.parent[from] ?? 0;
      const nodes: number[] = [];
      let end = from;
      for (; end < level.size && level.parent[end] === parent; end++) {
        if (kept[end] === 1) {
          ranksHere[end] = nodes.length;
          nodes.push(end);
        }
      }
      from = end;
      if (nodes.length > 0) {
        const rankOf = (node: number) => ranks[level.suffix[node] ?? 0] ?? 0;
        // Ranks ascend, so the last is the widest.
        const width = 32 - Math.clz32(rankOf(nodes.at(-1) ?? 0));
        widths.write(width, WIDTH_BITS);
        const codes = codesOf(
          nodes.map((node) => share[node] ?? 0),
          book,
        );
        nodes.forEach((node, i) => {
          entries.write(rankOf(node), width);
          entries.write(codes[i] ?? 0, codeBits);
          lasts.write(i === nodes.length - 1 ? 1 : 0, 1);
          if (n < order) {
            leads.write(isContext[node] ?? 0, 1);
          }
        });
      }
    }
    if (n < order) {
      contextsByLength.push(isContext.reduce((sum, yes) => sum + yes, 0));
    }
    ranks = ranksHere;
  }
  return {
    order,
    symbols: at(levels, 1).size,
    codeBits,
    contextsByLength: Uint32Array.from(contextsByLength),
    ...packSymbols(at(pruned, 1).share),
    shareBooks: Float32Array.from(books),
    leads: leads.done(),
    lasts: lasts.done(),
    widths: widths.done(),
    entries: entries.done(),
  };
}

/** By n-gram of this length, whether a kept longer one begins with it: 1 or 0. */
function contextsIn(
  levels: readonly Level[],
  pruned: readonly PrunedLevel[],
  n: number,
): Uint8Array {
  const yes = new Uint8Array(at(levels, n).size);
  const longer = at(levels, n + 1);
  const { kept } = at(pruned, n + 1);
  for (let node = 0; node < longer.size; node++) {
    if (kept[node] === 1) {
      yes[longer.parent[node] ?? 0] = 1;
    }
  }
  return yes;
}

/** The codes of shares; where too little would be left over, the largest ones are lowered. */
function codesOf(shares: readonly number[], book: Float32Array): number[] {
  const codes = shares.map((share) => codeOf(book, share));
  const left = 1 - shares.reduce((total, share) => total + share, 0);
  const most = 1 - Math.max(LEAST_LEFT, left / 2);
  const valueOf = (code: number) => book[code] ?? 0;
  let sum = codes.reduce((total, code) => total + valueOf(code), 0);
  while (sum > most) {
    const largest = codes.indexOf(Math.max(...codes));
    const code = codes[largest] ?? 0;
    if (code === 0) {
      throw new RangeError('the shares of a context cannot be kept below 1');
    }
    codes[largest] = code - 1;
    sum += valueOf(code - 1) - valueOf(code);
  }
  return codes;
}

function packSymbols(share: Float32Array): Pick<PackedParts, 'symbolBook' | 'symbolCodes'> {
  const masses = Float64Array.from(share);
  masses[0] = (masses[0] ?? 0) + 1 - masses.reduce((a, b) => a + b, 0);
  const symbolBook = codebook(masses, masses, 256);
  return { symbolBook, symbolCodes: Uint8Array.from(masses, (mass) => codeOf(symbolBook, mass)) };
}
