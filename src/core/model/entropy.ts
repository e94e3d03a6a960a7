/** Bounds of a number that is not known exactly. */
export interface Bounds {
  low: number;
  high: number;
}

/**
 * More tokens than any vocabulary in use has (Gemma: 262,144). What is not listed cannot be spread over
 * more.
 */
export const LARGEST_VOCABULARY = 2 ** 18;

/**
 * Bounds on the entropy of a distribution of which only some probabilities are known, in nats. By the
 * grouping property of entropy (Shannon 1948, §6, third axiom) it is −Σ p ln p over what is known plus
 * what the mass left over adds. That adds least when it lies on as few outcomes as it can, none of them
 * above the least known one, and most when all other tokens share it equally.
 * @param known probabilities of different outcomes, 0 to 1
 * @param tail probability mass of all others, 0 to 1; null when not known, and then there are no bounds
 * @param ceiling the most that one of the others can have, such as the least of the top k; 1 when not known
 */
export function entropyBounds(
  known: readonly number[],
  tail: number | null,
  ceiling = 1,
): Bounds | null {
  if (tail === null || known.length === 0) {
    return null;
  }
  const sure = known.reduce((sum, p) => sum + plogp(p), 0);
  if (tail <= 0) {
    return { low: sure, high: sure };
  }
  const most = Math.min(Math.max(ceiling, Number.MIN_VALUE), 1);
  const whole = Math.floor(tail / most);
  const least = whole * plogp(most) + plogp(Math.max(0, tail - whole * most));
  const others = LARGEST_VOCABULARY - known.length;
  const high = sure + tail * Math.log(others / tail);
  return { low: Math.min(sure + least, high), high };
}

function plogp(p: number): number {
  return p > 0 ? -p * Math.log(p) : 0;
}
