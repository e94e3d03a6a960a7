import type { Unigrams } from './ngramModel';

/**
 * A trained model as it lies in the file. Symbol 0 stands for whatever is not in the vocabulary,
 * symbol t + 1 for token t. Entries are n-grams of two symbols and more, shortest first; contexts
 * are n-grams that have entries after them, shortest first, 0 the empty one, whose followers are
 * all symbols. The entries after one context lie together, in the order of their last symbols.
 *
 * An entry is two numbers: a rank and the code of its share. The rank says which of the entries
 * after the context without its first symbol has the same last symbol (after one symbol: which
 * symbol), as in Pibiri & Venturini 2017, §3.2; so looking up goes from short contexts to long ones.
 */
export interface PackedParts {
  /** The longest n-gram. */
  order: number;
  symbols: number;
  /** Bits of a share's code. */
  codeBits: number;
  /** By context length from 1: how many contexts there are that long. */
  contextsByLength: Uint32Array;
  /** What the codes of single symbols mean. */
  symbolBook: Float32Array;
  /** By symbol, the code of its probability. */
  symbolCodes: Uint8Array;
  /** By n-gram length from 2, what the codes mean, ascending. */
  shareBooks: Float32Array;
  /** Bits: which symbols, then which entries, are contexts themselves. */
  leads: Int32Array;
  /** Bits: which entries are the last of their context. */
  lasts: Int32Array;
  /** By context from 1, `WIDTH_BITS` each: the width of its entries' ranks. */
  widths: Int32Array;
  /** The entries: rank, then code. */
  entries: Int32Array;
}

/** Bits of a rank's width. */
export const WIDTH_BITS = 5;

/** By symbol, its probability with no context; together 1. */
export function massesOf({ symbolBook, symbolCodes }: PackedParts): Float64Array {
  const masses = Float64Array.from(symbolCodes, (code) => symbolBook[code] ?? 0);
  const sum = masses.reduce((a, b) => a + b, 0);
  return masses.map((mass) => mass / sum);
}

/** The tokens by their probabilities with no context; token t is symbol t + 1. */
export function unigramsOf(masses: Float64Array): Unigrams {
  const massOf = (token: number) => masses[token + 1] ?? 0;
  const tokens = Int32Array.from({ length: masses.length - 1 }, (_, token) => token);
  tokens.sort((a, b) => massOf(b) - massOf(a) || a - b);
  return { tokens, masses: Float64Array.from(tokens, massOf), unseen: masses[0] ?? 0 };
}
