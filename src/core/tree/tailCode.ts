import { decodeSmallFloat } from '../model/smallFloat';

/** How a token's tail is kept: it is unknown, or what the listed probabilities leave, or written down. */
export const TAIL_CODES = ['none', 'rest', 'given'] as const;
export type TailCode = (typeof TAIL_CODES)[number];

/** A tail that differs by no more from what is left is taken to be just that. */
const CLOSE = 2 ** -11;

/** @param codes of the logprobs, negated, of what was emitted or listed */
export function tailCodeOf(tail: number | null, codes: readonly number[]): TailCode {
  if (tail === null) {
    return 'none';
  }
  return Math.abs(tail - restOf(codes)) <= CLOSE ? 'rest' : 'given';
}

/** @param given the code of a tail that was written down */
export function tailOf(code: TailCode, given: number, codes: readonly number[]): number | null {
  switch (code) {
    case 'rest':
      return restOf(codes);
    case 'given':
      return decodeSmallFloat(given);
    case 'none':
      return null;
  }
}

/** The probability that is left. */
function restOf(codes: readonly number[]): number {
  const listed = codes.reduce(
    (sum, code) => sum + Math.exp(-(decodeSmallFloat(code) ?? Infinity)),
    0,
  );
  return Math.min(1, Math.max(0, 1 - listed));
}
