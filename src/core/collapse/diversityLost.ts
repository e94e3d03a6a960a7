import { effectiveNumber } from '../diversity/measures';
import type { Mode } from '../diversity/modes';

/** (n − effective number) / (n − 1): 0 where each of n texts says something of its own, 1 where all say the same. */
export function diversityLost(modes: readonly Mode<unknown>[], siblings: number): number {
  const effective = effectiveNumber(modes.map(({ size }) => size / siblings));
  return siblings < 2 ? 0 : Math.max(0, (siblings - effective) / (siblings - 1));
}
