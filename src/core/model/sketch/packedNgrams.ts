import { RankedBits, readBits } from './bits';
import type { NgramModel, Sink, Unigrams } from './ngramModel';
import { massesOf, type PackedParts, unigramsOf, WIDTH_BITS } from './packedParts';

const ROOT = 0;
const NONE = -1;

/** The tokens after a context that have the largest shares. */
interface Likeliest {
  /** How many were asked for. */
  most: number;
  tokens: Int32Array;
  shares: Float64Array;
  /** No other token's share is larger. */
  omitted: number;
}

/**
 * An interpolated n-gram model read in place: P(w | h) = share(hw) + left(h) × P(w | h without its
 * first token), where left(h) is 1 less all shares after h, so that it always sums to 1.
 * States are contexts. A state comes only from `next`, `start` or `blank`.
 */
export class PackedNgrams implements NgramModel {
  readonly blank = ROOT;
  readonly start: number;
  private readonly masses: Float64Array;
  private readonly leads: RankedBits;
  /** By context: its first entry, where that lies, and the width of its ranks. */
  private readonly first: Uint32Array;
  private readonly bit: Uint32Array;
  private readonly width: Uint8Array;
  /** By context: the one without its first symbol, known once the context was reached. */
  private readonly suffix: Int32Array;
  /** By context, once asked for: the mass left for shorter ones. */
  private readonly left: Float64Array;
  /** By context length: the first context that long. */
  private readonly lengths: number[] = [0, 1];
  /** Contexts of the state in question by their length. */
  private readonly chain: Int32Array;
  /** By context with a long list: the likeliest of it. */
  private readonly likeliest = new Map<number, Likeliest>();
  private table: Unigrams | null = null;

  /** @param opening the token that stands before every text */
  constructor(
    private readonly parts: PackedParts,
    opening: number,
  ) {
    const { contextsByLength, order } = parts;
    for (const count of contextsByLength) {
      this.lengths.push((this.lengths.at(-1) ?? 0) + count);
    }
    const contexts = this.lengths.at(-1) ?? 1;
    this.masses = massesOf(parts);
    this.leads = new RankedBits(parts.leads);
    this.first = new Uint32Array(contexts + 1);
    this.bit = new Uint32Array(contexts + 1);
    this.width = new Uint8Array(contexts + 1);
    this.suffix = new Int32Array(contexts);
    this.left = new Float64Array(contexts);
    this.chain = new Int32Array(order + 1);
    this.findContexts(contexts);
    this.start = this.next(ROOT, opening);
  }

  get unigrams(): Unigrams {
    return (this.table ??= unigramsOf(this.masses));
  }

  knows(token: number): boolean {
    return token >= 0 && token < this.parts.symbols - 1;
  }

  next(state: number, token: number): number {
    const { order, symbols } = this.parts;
    let rank = this.symbolOf(token);
    let context = this.leads.rank(rank) + 1;
    if (context === ROOT) {
      return ROOT;
    }
    this.suffix[context] = ROOT;
    const length = Math.min(this.reach(state), order - 2);
    for (let n = 1; n <= length; n++) {
      const before = this.chain[n] ?? ROOT;
      rank = this.search(before, rank);
      const longer =
        rank === NONE ? ROOT : this.leads.rank(symbols + (this.first[before] ?? 0) + rank) + 1;
      if (longer === ROOT) {
        break;
      }
      this.suffix[longer] = context;
      context = longer;
    }
    return context;
  }

  probability(state: number, token: number): number {
    return this.knows(token) ? this.mass(state, token + 1) : 0;
  }

  unseen(state: number): number {
    return this.mass(state, 0);
  }

  scatter(state: number, weight: number, sink: Sink, most: number): number {
    let mass = weight;
    for (let length = this.reach(state); length > 0; length--) {
      const context = this.chain[length] ?? ROOT;
      if (this.sizeOf(context) > most) {
        const { omitted, shares, tokens } = this.likeliestAfter(context, length, most);
        for (let i = 0; i < tokens.length; i++) {
          sink.add(tokens[i] ?? 0, mass * (shares[i] ?? 0), length);
        }
        sink.omit(mass * omitted);
      } else {
        const size = this.sizeOf(context);
        for (let i = 0; i < size; i++) {
          const token = this.tokenAt(length, i);
          if (token >= 0) {
            sink.add(token, mass * this.shareAt(context, length, i), length);
          }
        }
      }
      mass *= this.leftAfter(context, length);
    }
    return mass;
  }

  /** Taken one short of the longest: of whole works only what recurs is left at either length. */
  recites(state: number, token: number): boolean {
    const length = this.parts.order - 2;
    let rank = this.symbolOf(token);
    if (this.reach(state) < length) {
      return false;
    }
    for (let n = 1; n <= length && rank !== NONE; n++) {
      rank = this.search(this.chain[n] ?? ROOT, rank);
    }
    return rank !== NONE;
  }

  private mass(state: number, symbol: number): number {
    const length = this.reach(state);
    let sum = this.masses[symbol] ?? 0;
    let rank = symbol;
    for (let n = 1; n <= length; n++) {
      const context = this.chain[n] ?? ROOT;
      sum *= this.leftAfter(context, n);
      rank = rank === NONE ? NONE : this.search(context, rank);
      if (rank !== NONE) {
        sum += this.shareAt(context, n, rank);
      }
    }
    return sum;
  }

  private symbolOf(token: number): number {
    return this.knows(token) ? token + 1 : 0;
  }

  /** Lays out the state and all its shorter contexts in the chain; returns the state's length. */
  private reach(state: number): number {
    let length = this.parts.order - 1;
    while (length > 0 && state < (this.lengths[length] ?? 0)) {
      length -= 1;
    }
    let context = state;
    for (let n = length; n > 0; n--) {
      this.chain[n] = context;
      context = this.suffix[context] ?? ROOT;
    }
    return length;
  }

  private sizeOf(context: number): number {
    return (this.first[context + 1] ?? 0) - (this.first[context] ?? 0);
  }

  /** The token of an entry of the chain's context of this length; -1 for one not in the vocabulary. */
  private tokenAt(length: number, entry: number): number {
    let rank = entry;
    for (let n = length; n > 0; n--) {
      rank = this.rankAt(this.chain[n] ?? ROOT, rank);
    }
    return rank - 1;
  }

  /** The entries of a long list whose codes are highest, worked out once. */
  private likeliestAfter(context: number, length: number, most: number): Likeliest {
    const known = this.likeliest.get(context);
    if (known?.most === most) {
      return known;
    }
    const { codeBits, shareBooks } = this.parts;
    const size = this.sizeOf(context);
    const counts = new Int32Array((1 << codeBits) + 1);
    for (let i = 0; i < size; i++) {
      const code = this.codeAt(context, i);
      counts[code] = (counts[code] ?? 0) + 1;
    }
    let least = 1 << codeBits;
    let count = 0;
    while (least > 0 && (count === 0 || count + (counts[least - 1] ?? 0) <= most)) {
      least -= 1;
      count += counts[least] ?? 0;
    }
    const tokens: number[] = [];
    const shares: number[] = [];
    for (let i = 0; i < size; i++) {
      const token = this.tokenAt(length, i);
      if (this.codeAt(context, i) >= least && token >= 0) {
        tokens.push(token);
        shares.push(this.shareAt(context, length, i));
      }
    }
    const omitted = least > 0 ? (shareBooks[((length - 1) << codeBits) + least - 1] ?? 0) : 0;
    const found = {
      most,
      tokens: Int32Array.from(tokens),
      shares: Float64Array.from(shares),
      omitted,
    };
    this.likeliest.set(context, found);
    return found;
  }

  /** Which entry of the context has this rank, or `NONE`. */
  private search(context: number, rank: number): number {
    const { codeBits, entries } = this.parts;
    const width = this.width[context] ?? 0;
    if (rank >>> width !== 0) {
      return NONE;
    }
    const bit = this.bit[context] ?? 0;
    const size = this.sizeOf(context);
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (readBits(entries, bit + middle * (width + codeBits), width) < rank) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < size && this.rankAt(context, low) === rank ? low : NONE;
  }

  private rankAt(context: number, entry: number): number {
    const width = this.width[context] ?? 0;
    const at = (this.bit[context] ?? 0) + entry * (width + this.parts.codeBits);
    return readBits(this.parts.entries, at, width);
  }

  private codeAt(context: number, entry: number): number {
    const { codeBits, entries } = this.parts;
    const width = this.width[context] ?? 0;
    const at = (this.bit[context] ?? 0) + entry * (width + codeBits) + width;
    return readBits(entries, at, codeBits);
  }

  private shareAt(context: number, length: number, entry: number): number {
    const { codeBits, shareBooks } = this.parts;
    return shareBooks[((length - 1) << codeBits) + this.codeAt(context, entry)] ?? 0;
  }

  private leftAfter(context: number, length: number): number {
    let left = this.left[context] ?? 0;
    if (left === 0) {
      left = 1;
      const size = this.sizeOf(context);
      for (let i = 0; i < size; i++) {
        left -= this.shareAt(context, length, i);
      }
      this.left[context] = left;
    }
    return left;
  }

  /** Walks the bits that end contexts, once. */
  private findContexts(contexts: number): void {
    const { codeBits, lasts, widths } = this.parts;
    let bit = 0;
    let first = 0;
    let context = 1;
    for (let word = 0; word < lasts.length; word++) {
      for (let rest = lasts[word] ?? 0; rest !== 0 && context < contexts; rest &= rest - 1) {
        const end = word * 32 + 32 - Math.clz32(rest & -rest);
        const width = readBits(widths, (context - 1) * WIDTH_BITS, WIDTH_BITS);
        this.first[context] = first;
        this.bit[context] = bit;
        this.width[context] = width;
        bit += (end - first) * (width + codeBits);
        first = end;
        context += 1;
      }
    }
    this.first[contexts] = first;
  }
}
