/** One example: what is seen of it, and whether it is one of those looked for. */
export interface Example {
  x: readonly number[];
  y: boolean;
}

/**
 * Logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least squares).
 * @param ridge penalty on the square of each weight but the bias
 * @returns the bias, then a weight per feature
 */
export function logisticRegression(examples: readonly Example[], ridge: number): number[] {
  const size = (examples[0]?.x.length ?? 0) + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < 25; step++) {
    const system = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size + 1 }, (_, j) => {
        const penalty = i === 0 ? 0 : ridge;
        return i === j ? penalty : j === size ? -penalty * (weights[i] ?? 0) : 0;
      }),
    );
    for (const { x, y } of examples) {
      const row = [1, ...x];
      const logit = row.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
      const p = 1 / (1 + Math.exp(-logit));
      const weight = p * (1 - p);
      const error = (y ? 1 : 0) - p;
      system.forEach((line, i) => {
        const value = row[i] ?? 0;
        for (let j = 0; j < size; j++) {
          line[j] = (line[j] ?? 0) + weight * value * (row[j] ?? 0);
        }
        line[size] = (line[size] ?? 0) + error * value;
      });
    }
    const change = solve(system);
    weights = weights.map((weight, i) => weight + (change[i] ?? 0));
  }
  return weights;
}

/** Gauss-Jordan elimination of a positive definite system, its right side in the last column. */
function solve(system: number[][]): number[] {
  const size = system.length;
  system.forEach((line, i) => {
    const pivot = line[i] ?? 1;
    for (let j = i; j <= size; j++) {
      line[j] = (line[j] ?? 0) / pivot;
    }
    system.forEach((other, r) => {
      const factor = r === i ? 0 : (other[i] ?? 0);
      for (let j = i; factor !== 0 && j <= size; j++) {
        other[j] = (other[j] ?? 0) - factor * (line[j] ?? 0);
      }
    });
  });
  return system.map((line) => line[size] ?? 0);
}
