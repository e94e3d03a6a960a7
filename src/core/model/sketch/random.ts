/** Uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A stream of its own for each (seed, stream): sfc32 (Doty-Humphrey, PractRand 2010), its state
 * filled by splitmix32 (the 32-bit form of Steele, Lea & Flood 2014). Doubles take 53 bits.
 * @param seed whole number from 0 to 2⁵³ − 1
 * @param stream whole number ≥ 0
 */
export function seededRandom(seed: number, stream: number): Random {
  const mix = splitmix32(
    (seed >>> 0) ^
      Math.imul(Math.floor(seed / 2 ** 32) + 1, 0x9e3779b1) ^
      Math.imul(stream + 1, 0x85ebca6b),
  );
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) {
    next();
  }
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
}
