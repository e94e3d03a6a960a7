/** A sparse row: indices of the features that are not zero, and their values. */
export interface Row {
  index: Int32Array;
  value: Float64Array;
  /** 1 for positive, 0 for negative. */
  label: number;
  /** How much the row counts. */
  weight: number;
}

export interface Fit {
  intercept: number;
  weights: Float64Array;
}

/**
 * Logistic regression with an elastic net, by accelerated proximal gradient descent (FISTA, Beck & Teboulle
 * 2009) from zero: no randomness, so that the same rows give the same weights.
 * @param l1 penalty on |w|, a number for each feature
 * @param l2 penalty on w²/2, a number for each feature
 */
export function fitElasticNet(
  rows: readonly Row[],
  l1: Float64Array,
  l2: Float64Array,
  iterations: number,
): Fit {
  const n = l1.length;
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const step = 1 / lipschitz(rows, total, l2);
  let weights = new Float64Array(n + 1);
  let ahead = new Float64Array(n + 1);
  let momentum = 1;
  for (let turn = 0; turn < iterations; turn++) {
    const slope = gradient(rows, ahead, total, l2);
    const next = new Float64Array(n + 1);
    for (let j = 0; j <= n; j++) {
      const moved = (ahead[j] ?? 0) - step * (slope[j] ?? 0);
      const shrink = j < n ? step * (l1[j] ?? 0) : 0;
      next[j] = Math.sign(moved) * Math.max(0, Math.abs(moved) - shrink);
    }
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / following;
    const previous = weights;
    ahead = next.map((value, j) => value + push * (value - (previous[j] ?? 0)));
    weights = next;
    momentum = following;
  }
  return { intercept: weights[n] ?? 0, weights: weights.slice(0, n) };
}

/** The linear predictor of a row. */
export function predict(fit: Fit, row: Pick<Row, 'index' | 'value'>): number {
  const { index, value } = row;
  let sum = fit.intercept;
  for (let k = 0; k < index.length; k++) {
    sum += (fit.weights[index[k] ?? 0] ?? 0) * (value[k] ?? 0);
  }
  return sum;
}

function gradient(
  rows: readonly Row[],
  at: Float64Array,
  total: number,
  l2: Float64Array,
): Float64Array {
  const n = l2.length;
  const slope = new Float64Array(n + 1);
  const fit = { intercept: at[n] ?? 0, weights: at };
  for (const row of rows) {
    const error = ((1 / (1 + Math.exp(-predict(fit, row))) - row.label) * row.weight) / total;
    addScaled(slope, row, error);
  }
  for (let j = 0; j < n; j++) {
    slope[j] = (slope[j] ?? 0) + (l2[j] ?? 0) * (at[j] ?? 0);
  }
  return slope;
}

/** Adds a row times a factor; the intercept's place is the last. */
function addScaled(sum: Float64Array, { index, value }: Row, factor: number): void {
  for (let k = 0; k < index.length; k++) {
    const j = index[k] ?? 0;
    sum[j] = (sum[j] ?? 0) + factor * (value[k] ?? 0);
  }
  const last = sum.length - 1;
  sum[last] = (sum[last] ?? 0) + factor;
}

/** An upper bound of the largest curvature: a quarter of the largest eigenvalue of XᵀWX, by power iteration. */
function lipschitz(rows: readonly Row[], total: number, l2: Float64Array): number {
  const n = l2.length;
  let direction = new Float64Array(n + 1).fill(1 / Math.sqrt(n + 1));
  let norm = 1;
  for (let turn = 0; turn < 20; turn++) {
    const image = new Float64Array(n + 1);
    const fit = { intercept: direction[n] ?? 0, weights: direction };
    for (const row of rows) {
      addScaled(image, row, (predict(fit, row) * row.weight) / total);
    }
    norm = Math.sqrt(image.reduce((sum, value) => sum + value * value, 0));
    const scale = norm;
    direction = image.map((value) => value / scale);
  }
  return 1.1 * (norm / 4) + Math.max(...l2.subarray(0, 1));
}
