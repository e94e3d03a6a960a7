import { seededRandom } from '../../src/core/model/sketch/random';

const ROUNDS = 1000;

/** An estimate and the middle 95 % of what it is on samples drawn with replacement from the clusters. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/**
 * Bootstrap over clusters (Efron 1979; Cameron, Gelbach & Miller 2008): whole clusters are drawn, since
 * what lies in one is not independent. Always the same for the same clusters.
 */
export function bootstrap<T>(
  clusters: readonly (readonly T[])[],
  statistic: (items: readonly T[]) => number,
): Interval {
  const random = seededRandom(1, 0);
  const values = Array.from({ length: ROUNDS }, () =>
    statistic(clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? [])),
  ).filter((value) => !Number.isNaN(value));
  values.sort((a, b) => a - b);
  return {
    value: statistic(clusters.flat()),
    low: values[Math.floor(0.025 * values.length)] ?? Number.NaN,
    high: values[Math.ceil(0.975 * values.length) - 1] ?? Number.NaN,
  };
}

/** "0.861 (0.840 to 0.880)" */
export function shown({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
