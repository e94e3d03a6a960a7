import { symmetricEigenvalues } from './eigenvalues';
import { entropyByQuadrature } from './quadrature';
import type { Grams } from './ngrams';

/**
 * The Vendi score (Friedman & Dieng 2023) with the n-gram kernel: exp of the entropy of the eigenvalues of
 * K/n, K being the mean of the cosines of word counts and of word-pair counts. A text without words is
 * like no other but those without words.
 * @param ngrams of orders 1 and 2 at least
 * @param exact to this many different texts by eigenvalues; above, stochastic Lanczos quadrature estimates
 *   the entropy (the score to about a tenth; nearly equal texts are the hard case)
 * @returns 1 to n; 0 of no text
 */
export function vendi(ngrams: readonly Grams[], exact: number): number {
  const [words = NONE, pairs = NONE] = ngrams;
  if (words.texts.length === 0) {
    return 0;
  }
  const kernel = new NgramKernel(words, pairs);
  const { size } = kernel;
  const entropy =
    size <= exact
      ? entropyOf(symmetricEigenvalues(kernel.matrix(), size))
      : entropyByQuadrature(kernel, size);
  return Math.min(size, Math.max(1, Math.exp(entropy)));
}

const NONE: Grams = { texts: [], kinds: 0 };

function entropyOf(eigenvalues: Float64Array): number {
  return eigenvalues.reduce((sum, x) => (x > 0 ? sum - x * Math.log(x) : sum), 0);
}

interface Row {
  at: Int32Array;
  value: Float64Array;
}

/**
 * Sparse rows whose inner products are the kernel, one for each different text. Copies change no
 * eigenvector: K/n has the spectrum of the kernel of the different texts, scaled by √share.
 */
class NgramKernel {
  readonly size: number;
  readonly #rows: readonly Row[];
  readonly #width: number;

  constructor(words: Grams, pairs: Grams) {
    const groups = copies(words.texts);
    // Behind the words and the pairs come what stands in for them where a text has none.
    const pairsFrom = words.kinds + 1;
    const singlesFrom = pairsFrom + pairs.kinds;
    const features = singlesFrom + words.kinds + 1;
    const holders = new Int32Array(features);
    const rows = groups.map(({ text, count }) => {
      const own = words.texts[text] ?? EMPTY;
      const two = pairs.texts[text] ?? EMPTY;
      const scale = Math.sqrt(count / words.texts.length / 2);
      const row = new Map<number, number>();
      addNormed(row, own.length === 0 ? [words.kinds] : own, 0, scale);
      if (two.length === 0) {
        addNormed(row, [own[0] ?? words.kinds], singlesFrom, scale);
      } else {
        addNormed(row, two, pairsFrom, scale);
      }
      for (const feature of row.keys()) {
        holders[feature] = (holders[feature] ?? 0) + 1;
      }
      return row;
    });
    this.size = rows.length;
    this.#width = features + rows.length;
    this.#rows = rows.map((row, i) => compact(row, holders, features + i));
  }

  /** The kernel, row after row. */
  matrix(): Float64Array {
    const n = this.#rows.length;
    const matrix = new Float64Array(n * n);
    const dense = new Float64Array(this.#width);
    this.#rows.forEach((row, i) => {
      row.at.forEach((feature, k) => (dense[feature] = row.value[k] ?? 0));
      for (let j = 0; j <= i; j++) {
        const product = dot(this.#rows[j], dense);
        matrix[i * n + j] = product;
        matrix[j * n + i] = product;
      }
      row.at.forEach((feature) => (dense[feature] = 0));
    });
    return matrix;
  }

  /** The kernel times a vector. */
  times(vector: Float64Array): Float64Array {
    const sums = new Float64Array(this.#width);
    this.#rows.forEach(({ at, value }, i) => {
      const x = vector[i] ?? 0;
      for (let k = 0; k < at.length; k++) {
        const feature = at[k] ?? 0;
        sums[feature] = (sums[feature] ?? 0) + x * (value[k] ?? 0);
      }
    });
    return Float64Array.from(this.#rows, (row) => dot(row, sums));
  }
}

/** What no other row has adds to the diagonal only: one feature can stand for all of it. */
function compact(row: ReadonlyMap<number, number>, holders: Int32Array, alone: number): Row {
  const at: number[] = [];
  const value: number[] = [];
  let rest = 0;
  for (const [feature, x] of row) {
    if ((holders[feature] ?? 0) > 1) {
      at.push(feature);
      value.push(x);
    } else {
      rest += x * x;
    }
  }
  return {
    at: Int32Array.from([...at, alone]),
    value: Float64Array.from([...value, Math.sqrt(rest)]),
  };
}

function dot(row: Row | undefined, dense: Float64Array): number {
  let sum = 0;
  if (row) {
    for (let k = 0; k < row.at.length; k++) {
      sum += (row.value[k] ?? 0) * (dense[row.at[k] ?? 0] ?? 0);
    }
  }
  return sum;
}

/** Adds the counts of some n-grams, scaled to one length, to a row. */
function addNormed(
  row: Map<number, number>,
  grams: Iterable<number>,
  from: number,
  length: number,
): void {
  const counts = new Map<number, number>();
  for (const number of grams) {
    const gram = number + from;
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  let squares = 0;
  for (const count of counts.values()) {
    squares += count * count;
  }
  const scale = length / Math.sqrt(squares);
  for (const [gram, count] of counts) {
    row.set(gram, count * scale);
  }
}

const EMPTY = new Int32Array(0);

/** The first of each group of equal texts, and the size of the group. */
function copies(texts: readonly Int32Array[]): { text: number; count: number }[] {
  const groups = new Map<string, { text: number; count: number }>();
  texts.forEach((words, text) => {
    const key = words.join(' ');
    const group = groups.get(key);
    if (group) {
      group.count += 1;
    } else {
      groups.set(key, { text, count: 1 });
    }
  });
  return [...groups.values()];
}
