/** One row of the table that `npm run bench` prints. */
export interface Measure {
  what: string;
  budget: string;
  measured: string;
  ok: boolean;
}

/** The median of some numbers; NaN when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The q-quantile (0 to 1, nearest rank) of some numbers; NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1));
  return sorted[rank] ?? Number.NaN;
}

/** Processor time used so far, in milliseconds: what other processes do to a machine is not in it. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
