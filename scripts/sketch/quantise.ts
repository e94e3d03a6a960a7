/** Bins of the histogram that stands for all values; finer than any code. */
const BINS = 1 << 14;
const ROUNDS = 60;

/** The scale on which values are compared: log-odds, so that 0.98 and 0.99 differ as 0.02 and 0.01 do. */
const SCALE = { least: -24, most: 12 };

function logOdds(value: number): number {
  const odds = Math.log(value / (1 - value));
  return Math.min(SCALE.most, Math.max(SCALE.least, odds));
}

/**
 * The values that stand for all: one-dimensional k-means over the log-odds (Lloyd 1982), from
 * evenly weighted beginnings.
 * @param values between 0 and 1
 * @param weights what an error at each costs, relative to the others
 * @returns `levels` values, ascending
 */
export function codebook(values: ArrayLike<number>, weights: ArrayLike<number>, levels: number) {
  const bins = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const value = logOdds(values[i] ?? 0);
    const weight = weights[i] ?? 0;
    const range = SCALE.most - SCALE.least;
    const bin = Math.min(BINS - 1, Math.floor(((value - SCALE.least) / range) * BINS));
    bins[bin] = (bins[bin] ?? 0) + weight;
    sums[bin] = (sums[bin] ?? 0) + weight * value;
  }
  let centres = quantiles(bins, sums, levels);
  for (let round = 0; round < ROUNDS; round++) {
    const mass = new Float64Array(levels);
    const total = new Float64Array(levels);
    for (let bin = 0; bin < BINS; bin++) {
      const weight = bins[bin] ?? 0;
      if (weight > 0) {
        const centre = nearest(centres, (sums[bin] ?? 0) / weight);
        mass[centre] = (mass[centre] ?? 0) + weight;
        total[centre] = (total[centre] ?? 0) + (sums[bin] ?? 0);
      }
    }
    centres = centres.map((old, i) => (mass[i] ? (total[i] ?? 0) / (mass[i] ?? 1) : old)).sort();
  }
  return Float32Array.from(centres, (odds) => 1 / (1 + Math.exp(-odds)));
}

/** Which of the values, ascending, is nearest on that scale. */
export function codeOf(book: ArrayLike<number>, value: number): number {
  const odds = logOdds(value);
  let low = 0;
  let high = book.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (2 * odds > logOdds(book[middle] ?? 0) + logOdds(book[middle + 1] ?? 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function nearest(centres: Float64Array, value: number): number {
  let low = 0;
  let high = centres.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (2 * value > (centres[middle] ?? 0) + (centres[middle + 1] ?? 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function quantiles(bins: Float64Array, sums: Float64Array, levels: number): Float64Array {
  const total = bins.reduce((a, b) => a + b, 0);
  const centres: number[] = [];
  let mass = 0;
  let last = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const weight = bins[bin] ?? 0;
    if (weight > 0) {
      last = (sums[bin] ?? 0) / weight;
      mass += weight;
      while (centres.length < levels && mass * levels >= (centres.length + 0.5) * total) {
        centres.push(last);
      }
    }
  }
  while (centres.length < levels) {
    centres.push(last);
  }
  return Float64Array.from(centres).sort();
}
