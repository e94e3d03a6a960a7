/** Words in which different ones are counted, and how far the next count begins after the last. */
const WINDOW = 50;
const STEP = 25;
const SLOTS = 128;

/**
 * Different words in windows of 50, which says how rich a vocabulary is whatever the length of the text: the
 * moving-average type–token ratio (Covington & McFall 2010, “Cutting the Gordian knot”, Journal of
 * Quantitative Linguistics 17), here with steps of 25 words.
 * @param hashes one for each word of the text
 * @returns the sum of the ratios (0 to 1 each), and how many there are: 0 in a text of fewer words
 */
export function richness(hashes: Int32Array): { sum: number; windows: number } {
  const seen = new Int32Array(SLOTS);
  const stamps = new Int32Array(SLOTS);
  let sum = 0;
  let windows = 0;
  for (let start = 0; start + WINDOW <= hashes.length; start += STEP) {
    windows++;
    let different = 0;
    for (let i = start; i < start + WINDOW; i++) {
      const hash = hashes[i] ?? 0;
      let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
      while (stamps[slot] === windows && seen[slot] !== hash) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      if (stamps[slot] !== windows) {
        stamps[slot] = windows;
        seen[slot] = hash;
        different++;
      }
    }
    sum += different / WINDOW;
  }
  return { sum, windows };
}
