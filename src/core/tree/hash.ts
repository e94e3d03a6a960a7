const SEED_HIGH = 0xdeadbeef;
const SEED_LOW = 0x41c6ce57;
const DIGITS = 11;

/**
 * A 53-bit hash of a string's UTF-16 code units as 11 lower-case letters and digits; it finds
 * accidents, not attacks. Source: bryc, "cyrb53" (public domain).
 */
export function shortHash(text: string): string {
  let high = SEED_HIGH;
  let low = SEED_LOW;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const value = 4294967296 * (2097151 & low) + (high >>> 0);
  return value.toString(36).padStart(DIGITS, '0');
}
