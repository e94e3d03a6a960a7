/** Bits of the fraction, and the exponent of the smallest number. */
const FRACTION = 11;
const LEAST_EXPONENT = -20;
const STEPS = 2 ** FRACTION;
/** Codes from here on stand for what is no number of ours. */
const NONE = 0xffff;
const INFINITE = 0xfffe;
const LARGEST = 0xfffd;

/**
 * A number ≥ 0 in 16 bits: 11 of fraction, 5 of exponent, so within 1 part in 4,096 from 2⁻¹⁹ to
 * 4,093; what is under 2⁻²⁰ is 0, what is larger 4,093 or infinite. Null has a code of its own.
 */
export function encodeSmallFloat(value: number | null): number {
  if (value === null || Number.isNaN(value)) {
    return NONE;
  }
  if (value === Infinity) {
    return INFINITE;
  }
  const exponent = Math.floor(Math.log2(value));
  if (value <= 0 || exponent < LEAST_EXPONENT) {
    return 0;
  }
  const fraction = Math.round((value / 2 ** exponent - 1) * STEPS);
  // Code 0 is taken by 0; a fraction that rounds up to 1 runs into the next exponent, as it should.
  return Math.min(LARGEST, Math.max(1, (exponent - LEAST_EXPONENT) * STEPS + fraction));
}

/** The number that a code stands for. */
export function decodeSmallFloat(code: number): number | null {
  if (code === NONE) {
    return null;
  }
  if (code === INFINITE) {
    return Infinity;
  }
  const exponent = Math.floor(code / STEPS) + LEAST_EXPONENT;
  return code === 0 ? 0 : 2 ** exponent * (1 + (code % STEPS) / STEPS);
}
