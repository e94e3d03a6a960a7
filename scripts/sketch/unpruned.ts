import { OPENING } from '../../src/core/model/sketch/base';
import { Tokenizer } from '../../src/core/model/sketch/tokenizer';
import type { Work } from './corpus';
import { at, type Smoothed } from './kneserNey';
import type { Level } from './ngramTable';

/** Perplexity a token, with tokens not in the vocabulary as one word, and of the others alone. */
export interface Perplexity {
  all: number;
  known: number;
  unknownShare: number;
}

/** What pruning starts from: the perplexity of the full model on unseen works. */
export function unprunedPerplexity(
  words: readonly string[],
  levels: readonly Level[],
  full: readonly Smoothed[],
  works: readonly Work[],
): Perplexity {
  const ids = new Map(words.map((word, i) => [word, i + 1]));
  const firsts = levels.map((level, n) => firstsOf(level, levels[n + 1]));
  const tokenizer = new Tokenizer();
  let nats = 0;
  let knownNats = 0;
  let count = 0;
  let unknown = 0;
  for (const { text } of works) {
    const symbols = [OPENING, ...tokenizer.tokens(text)].map((token) => ids.get(token) ?? 0);
    for (let i = 1; i < symbols.length; i++) {
      const cost = -Math.log(probabilityAt(levels, full, firsts, symbols, i));
      const isKnown = symbols[i] !== 0;
      nats += cost;
      knownNats += isKnown ? cost : 0;
      unknown += isKnown ? 0 : 1;
      count += 1;
    }
  }
  return {
    all: Math.exp(nats / count),
    known: Math.exp(knownNats / (count - unknown)),
    unknownShare: unknown / count,
  };
}

function probabilityAt(
  levels: readonly Level[],
  full: readonly Smoothed[],
  firsts: readonly Int32Array[],
  symbols: readonly number[],
  i: number,
): number {
  const symbol = symbols[i] ?? 0;
  let p = at(full, 1).probability[symbol] ?? 0;
  for (let n = 1; n < levels.length - 1 && n <= i; n++) {
    let context = 0;
    for (let k = n; k >= 1 && context >= 0; k--) {
      context = child(levels, firsts, n - k, context, symbols[i - k] ?? 0);
    }
    if (context < 0) {
      break;
    }
    const node = child(levels, firsts, n, context, symbol);
    p =
      (at(full, n + 1).left[context] ?? 1) * p +
      (node < 0 ? 0 : (at(full, n + 1).share[node] ?? 0));
  }
  return p;
}

/** By n-gram of a level, and one past: the first of the level below that begins with it. */
function firstsOf(level: Level, longer: Level | undefined): Int32Array {
  const firsts = new Int32Array(level.size + 1);
  for (const parent of longer?.parent ?? []) {
    firsts[parent + 1] = (firsts[parent + 1] ?? 0) + 1;
  }
  for (let node = 0; node < level.size; node++) {
    firsts[node + 1] = (firsts[node + 1] ?? 0) + (firsts[node] ?? 0);
  }
  return firsts;
}

/** The n-gram of length n + 1 that is this one and a symbol; -1 if there is none. */
function child(
  levels: readonly Level[],
  firsts: readonly Int32Array[],
  n: number,
  node: number,
  symbol: number,
): number {
  const symbols = at(levels, n + 1).symbol;
  const end = at(firsts, n)[node + 1] ?? 0;
  let low = at(firsts, n)[node] ?? 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((symbols[middle] ?? 0) < symbol) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < end && symbols[low] === symbol ? low : -1;
}
