const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '='.charCodeAt(0);
const VALUES: ReadonlyMap<string, number> = new Map(Array.from(ALPHABET, (digit, i) => [digit, i]));

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  // Text put together letter by letter would be kept as a tree of letters, which takes 30 times the room.
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(3, bytes.length - i) + 1;
    for (let digit = 0; digit < digits; digit++) {
      text[at + digit] = ALPHABET.charCodeAt((group >>> (18 - 6 * digit)) & 63);
    }
    at += 4;
  }
  return new TextDecoder().decode(text);
}

/** The bytes of a base64 text; undefined when it is none. */
export function fromBase64(text: string): Uint8Array | undefined {
  const length = text.endsWith('==')
    ? text.length - 2
    : text.endsWith('=')
      ? text.length - 1
      : text.length;
  if (text.length % 4 !== 0) {
    return undefined;
  }
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const value = VALUES.get(text.charAt(i));
    if (value === undefined) {
      return undefined;
    }
    group = ((group << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (group >>> bits) & 0xff;
    }
  }
  return bytes;
}

/**
 * Reads little-endian 32-bit floats in base64, NaN as null; undefined when the text does not hold
 * exactly `count` of them.
 */
export function unpackFloats(text: string, count: number): (number | null)[] | undefined {
  const bytes = fromBase64(text);
  if (bytes?.length !== count * 4) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => {
    const value = view.getFloat32(i * 4, true);
    return Number.isNaN(value) ? null : value;
  });
}
