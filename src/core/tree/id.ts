const RANDOM_DIGITS = 8;
const TIME_DIGITS = 8;
const BASE = 36;

/**
 * A new id: 16 lower-case letters and digits, safe in file names, that sort by time of creation.
 * Half of it is the time, half is random (2.8 × 10¹² values a millisecond).
 * @param time milliseconds since the epoch, ≥ 0; right order until the year 2059
 * @param random uniform in [0, 1)
 */
export function createId(time: number, random: () => number): string {
  const stamp = Math.floor(time).toString(BASE).padStart(TIME_DIGITS, '0').slice(-TIME_DIGITS);
  let noise = '';
  for (let i = 0; i < RANDOM_DIGITS; i++) {
    noise += Math.floor(random() * BASE).toString(BASE);
  }
  return stamp + noise;
}
