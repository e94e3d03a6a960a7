import { seededRandom } from '../model/sketch/random';

/** A symmetric matrix known by what it does to a vector. */
export interface Operator {
  times(vector: Float64Array): Float64Array;
}

const PROBES = 8;
const STEPS = 8;
const POWER_STEPS = 12;

/**
 * Estimates −Σ λ ln λ over the eigenvalues of a positive semidefinite matrix of trace 1: the largest by
 * power iteration, the rest by stochastic Lanczos quadrature (Ubaru, Chen & Saad 2017) on what is
 * orthogonal to it. Always the same for the same matrix.
 */
export function entropyByQuadrature(matrix: Operator, size: number): number {
  const random = seededRandom(1, 0);
  const top = largest(matrix, size);
  let rest = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    const vector = Float64Array.from({ length: size }, () => (random() < 0.5 ? -1 : 1));
    removeFrom(vector, top.vector);
    const length = norm(vector);
    const { nodes, weights } = lanczos(matrix, scaled(vector, 1 / length));
    rest +=
      nodes.reduce((sum, node, i) => sum + (weights[i] ?? 0) * surprise(node), 0) * length ** 2;
  }
  return surprise(top.value) + rest / PROBES;
}

function surprise(x: number): number {
  return x > 0 ? -x * Math.log(x) : 0;
}

function largest(matrix: Operator, size: number) {
  let vector = new Float64Array(size).fill(1 / Math.sqrt(size));
  let value = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    const next = matrix.times(vector);
    value = norm(next);
    vector = scaled(next, 1 / (value || 1));
  }
  return { value, vector };
}

/** Gauss quadrature of the measure that a unit vector sees: eigenvalues of Lanczos' matrix and their weights. */
function lanczos(matrix: Operator, start: Float64Array) {
  const basis = [start];
  const diagonal: number[] = [];
  const beside: number[] = [];
  for (let step = 0; step < Math.min(STEPS, start.length); step++) {
    const current = basis[step] ?? start;
    const next = matrix.times(current);
    diagonal.push(product(next, current));
    for (const before of basis) {
      removeFrom(next, before);
    }
    const length = norm(next);
    if (length < 1e-12) {
      break;
    }
    beside.push(length);
    basis.push(scaled(next, 1 / length));
  }
  return gauss(diagonal, beside);
}

/** Cyclic Jacobi rotations (Golub & Van Loan 2013, §8.5) on a small tridiagonal matrix, with first components. */
function gauss(diagonal: readonly number[], beside: readonly number[]) {
  const n = diagonal.length;
  const a = diagonal.map((value, i) =>
    diagonal.map((_, j) =>
      i === j ? value : Math.abs(i - j) === 1 ? (beside[Math.min(i, j)] ?? 0) : 0,
    ),
  );
  const first = diagonal.map((_, i) => (i === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        rotate(a, first, p, q);
      }
    }
  }
  return { nodes: a.map((row, i) => row[i] ?? 0), weights: first.map((x) => x * x) };
}

function rotate(a: number[][], first: number[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p] ?? [], a[q] ?? []];
  const off = rowP[q] ?? 0;
  if (Math.abs(off) < 1e-18) {
    return;
  }
  const theta = ((rowQ[q] ?? 0) - (rowP[p] ?? 0)) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) {
    turn(row, p, q, c, s);
  }
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [rowP[k] ?? 0, rowQ[k] ?? 0];
    rowP[k] = c * x - s * y;
    rowQ[k] = s * x + c * y;
  }
  turn(first, p, q, c, s);
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p] ?? 0, row[q] ?? 0];
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += (a[i] ?? 0) * (b[i] ?? 0);
  }
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(product(vector, vector));
}

function scaled(vector: Float64Array, by: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(vector, (x) => x * by);
}

/** Takes the part along a unit vector out of a vector. */
function removeFrom(vector: Float64Array, unit: Float64Array): void {
  const along = product(vector, unit);
  for (let i = 0; i < vector.length; i++) {
    vector[i] = (vector[i] ?? 0) - along * (unit[i] ?? 0);
  }
}
