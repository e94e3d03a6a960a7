/**
 * The eigenvalues of a symmetric matrix: Householder's reduction to tridiagonal form, then implicit QL
 * (Bowdler, Martin, Reinsch & Wilkinson 1968, "tred1" and "tql1"). About 4/3·n³ steps.
 * @param matrix n rows of n, row after row; overwritten
 * @returns in no order
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = tridiagonal(matrix, n);
  for (let l = 0; l < n; l++) {
    settle(diagonal, beside, l, n);
  }
  return diagonal;
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** `beside[i]` stands between `diagonal[i]` and `diagonal[i + 1]`. */
  beside: Float64Array;
}

function tridiagonal(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = at(a, k * n + k);
    let norm = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = at(a, k * n + i);
      norm += at(v, i) ** 2;
    }
    norm = Math.sqrt(norm);
    const head = at(v, k + 1);
    if (k + 1 >= n || norm === 0) {
      continue;
    }
    const alpha = head > 0 ? -norm : norm;
    beside[k] = alpha;
    v[k + 1] = head - alpha;
    reflect(a, n, k + 1, v, p, norm * (norm + Math.abs(head)));
  }
  return { diagonal, beside };
}

/** A ← H·A·H on the rows and columns from `from`, where H = 1 − v·vᵀ/h. */
function reflect(
  a: Float64Array,
  n: number,
  from: number,
  v: Float64Array,
  p: Float64Array,
  h: number,
): void {
  let k = 0;
  for (let i = from; i < n; i++) {
    let sum = 0;
    for (let j = from; j < n; j++) {
      sum += at(a, i * n + j) * at(v, j);
    }
    p[i] = sum / h;
    k += (sum / h) * at(v, i);
  }
  k /= 2 * h;
  for (let i = from; i < n; i++) {
    p[i] = at(p, i) - k * at(v, i);
  }
  for (let i = from; i < n; i++) {
    const [vi, pi] = [at(v, i), at(p, i)];
    for (let j = from; j < n; j++) {
      a[i * n + j] = at(a, i * n + j) - vi * at(p, j) - pi * at(v, j);
    }
  }
}

/** More turns than any matrix of finite numbers takes. */
const TURNS = 60;

/** Rotates until `beside[l]` is nothing beside its neighbours. */
function settle(d: Float64Array, e: Float64Array, l: number, n: number): void {
  for (let turn = 0; turn < TURNS; turn++) {
    const m = firstSmall(d, e, l, n);
    if (m === l) {
      return;
    }
    const [dl, el] = [at(d, l), at(e, l)];
    let g = (at(d, l + 1) - dl) / (2 * el);
    g = at(d, m) - dl + el / (g + Math.sign(g || 1) * Math.hypot(g, 1));
    let [s, c, p] = [1, 1, 0];
    let i = m - 1;
    for (; i >= l; i--) {
      const f = s * at(e, i);
      const b = c * at(e, i);
      const r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r === 0) {
        d[i + 1] = at(d, i + 1) - p;
        e[m] = 0;
        break;
      }
      s = f / r;
      c = g / r;
      const next = at(d, i + 1) - p;
      const turned = (at(d, i) - next) * s + 2 * c * b;
      p = s * turned;
      d[i + 1] = next + p;
      g = c * turned - b;
    }
    if (i < l) {
      d[l] = at(d, l) - p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

function firstSmall(d: Float64Array, e: Float64Array, l: number, n: number): number {
  for (let m = l; m < n - 1; m++) {
    const around = Math.abs(at(d, m)) + Math.abs(at(d, m + 1));
    if (Math.abs(at(e, m)) <= Number.EPSILON * around) {
      return m;
    }
  }
  return n - 1;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
