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

/** The features of one text, each once, and how much of each it has. */
interface Row {
  features: number[];
  values: number[];
}

/**
 * Sparse rows whose inner products are the kernel, one for each different text. Copies change no
 * eigenvector: K/n has the spectrum of the kernel of the different texts, scaled by √share.
 */
class NgramKernel {
  readonly size: number;
  readonly #width: number;
  /** All rows one after the other; row i ends where row i + 1 starts. */
  readonly #starts: Int32Array;
  readonly #features: Int32Array;
  readonly #values: Float64Array;

  constructor(words: Grams, pairs: Grams) {
    const groups = copies(words.texts);
    // Behind the words and the pairs come what stands in for them where a text has none.
    const pairsFrom = words.kinds + 1;
    const singlesFrom = pairsFrom + pairs.kinds;
    const kinds = singlesFrom + words.kinds + 1;
    const counts = new Int32Array(kinds);
    const rows = groups.map(({ text, count }) => {
      const own = words.texts[text] ?? EMPTY;
      const two = pairs.texts[text] ?? EMPTY;
      const scale = Math.sqrt(count / words.texts.length / 2);
      const row: Row = { features: [], values: [] };
      addNormed(row, own.length === 0 ? [words.kinds] : own, 0, scale, counts);
      if (two.length === 0) {
        addNormed(row, [own[0] ?? words.kinds], singlesFrom, scale, counts);
      } else {
        addNormed(row, two, pairsFrom, scale, counts);
      }
      return row;
    });
    this.size = rows.length;
    this.#width = kinds + rows.length;
    const shared = sharedOnly(rows, kinds);
    this.#starts = new Int32Array(rows.length + 1);
    shared.forEach(({ features }, i) => {
      this.#starts[i + 1] = (this.#starts[i] ?? 0) + features.length;
    });
    this.#features = Int32Array.from(shared.flatMap(({ features }) => features));
    this.#values = Float64Array.from(shared.flatMap(({ values }) => values));
  }

  /** The kernel, row after row. */
  matrix(): Float64Array {
    const n = this.size;
    const matrix = new Float64Array(n * n);
    const dense = new Float64Array(this.#width);
    for (let i = 0; i < n; i++) {
      this.#addRow(i, 1, dense);
      for (let j = 0; j <= i; j++) {
        const product = this.#dot(j, dense);
        matrix[i * n + j] = product;
        matrix[j * n + i] = product;
      }
      dense.fill(0);
    }
    return matrix;
  }

  /** The kernel times a vector. */
  times(vector: Float64Array): Float64Array {
    const sums = new Float64Array(this.#width);
    vector.forEach((x, i) => {
      this.#addRow(i, x, sums);
    });
    return Float64Array.from(vector, (_, i) => this.#dot(i, sums));
  }

  #addRow(row: number, times: number, sums: Float64Array): void {
    const features = this.#features;
    const values = this.#values;
    const end = this.#starts[row + 1] ?? 0;
    for (let k = this.#starts[row] ?? 0; k < end; k++) {
      const feature = features[k] ?? 0;
      sums[feature] = (sums[feature] ?? 0) + times * (values[k] ?? 0);
    }
  }

  #dot(row: number, dense: Float64Array): number {
    const features = this.#features;
    const values = this.#values;
    const end = this.#starts[row + 1] ?? 0;
    let sum = 0;
    for (let k = this.#starts[row] ?? 0; k < end; k++) {
      sum += (values[k] ?? 0) * (dense[features[k] ?? 0] ?? 0);
    }
    return sum;
  }
}

/** What no other row has adds to the diagonal only: one feature, from `kinds` on, stands for all of it. */
function sharedOnly(rows: readonly Row[], kinds: number): Row[] {
  const holders = new Int32Array(kinds);
  for (const { features } of rows) {
    for (const feature of features) {
      holders[feature] = (holders[feature] ?? 0) + 1;
    }
  }
  return rows.map(({ features, values }, i) => {
    const row: Row = { features: [], values: [] };
    let rest = 0;
    features.forEach((feature, k) => {
      const value = values[k] ?? 0;
      if ((holders[feature] ?? 0) > 1) {
        row.features.push(feature);
        row.values.push(value);
      } else {
        rest += value * value;
      }
    });
    row.features.push(kinds + i);
    row.values.push(Math.sqrt(rest));
    return row;
  });
}

/**
 * Adds the counts of some n-grams, scaled to one length, to a row.
 * @param counts a place for every feature, all 0; left as it was
 */
function addNormed(
  row: Row,
  grams: Iterable<number>,
  from: number,
  length: number,
  counts: Int32Array,
): void {
  const first = row.features.length;
  let squares = 0;
  for (const gram of grams) {
    const feature = gram + from;
    const count = counts[feature] ?? 0;
    if (count === 0) {
      row.features.push(feature);
    }
    counts[feature] = count + 1;
    squares += 2 * count + 1;
  }
  const scale = length / Math.sqrt(squares);
  for (let k = first; k < row.features.length; k++) {
    const feature = row.features[k] ?? 0;
    row.values.push((counts[feature] ?? 0) * scale);
    counts[feature] = 0;
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
