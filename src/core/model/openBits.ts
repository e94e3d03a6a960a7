/** Written by scripts/fit/openness.ts: a place is open where human text has at least so many bits of choice, by Sketch. */
export const OPEN_BITS = 4.1;
