import { listOf } from './json';

const encoder = new TextEncoder();
/** What a decoder puts where bytes make no character. */
export const REPLACEMENT = '\uFFFD';

/** The bytes of an entry where it gives them, as a list or spelt out in its text; undefined where not. */
export function entryBytes(bytes: unknown, token: string): readonly number[] | undefined {
  const given = listOf(bytes);
  return given === undefined ? spelledBytes(token) : given.every(isByte) ? given : undefined;
}

/** `bytes:\xf0\x9f` and `<0xF0>`: pieces of characters as some servers write them. */
function spelledBytes(token: string): readonly number[] | undefined {
  if (!token.startsWith('bytes:\\x') && !token.startsWith('<0x')) {
    return undefined;
  }
  const hex = token.startsWith('bytes:\\x')
    ? token.slice('bytes:'.length).matchAll(/\\x([0-9a-f]{2})/gi)
    : token.matchAll(/^<0x([0-9a-f]{2})>$/gi);
  const bytes = Array.from(hex, ([, digits = '']) => parseInt(digits, 16));
  return bytes.length > 0 ? bytes : undefined;
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 255 && Number.isInteger(value);
}

/** Whether these are the bytes of this text and all of it is ASCII, which nearly every token is. */
export function isPlainAscii(bytes: readonly number[], text: string): boolean {
  if (bytes.length !== text.length) {
    return false;
  }
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 0x7f || byte !== text.charCodeAt(i)) {
      return false;
    }
  }
  return true;
}

/** The bytes worth keeping: those that the text itself does not say. */
export function bytesBeyond(bytes: readonly number[], text: string): Uint8Array | undefined {
  if (isPlainAscii(bytes, text)) {
    return undefined;
  }
  const own = encoder.encode(text);
  const same = own.length === bytes.length && own.every((byte, i) => byte === bytes[i]);
  return same ? undefined : Uint8Array.from(bytes);
}

/** Joins the bytes of consecutive tokens into text: a piece of a character gives '', its last piece all of it. */
export class ByteJoiner {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #within = false;

  add(bytes: readonly number[], token: string): string {
    if (!this.#within && isPlainAscii(bytes, token)) {
      return token;
    }
    this.#within = (bytes.at(-1) ?? (this.#within ? 0x80 : 0)) > 0x7f;
    return this.#decoder.decode(Uint8Array.from(bytes), { stream: true });
  }

  /** Ends a character that never was completed: what follows is text again. */
  flush(): string {
    if (!this.#within) {
      return '';
    }
    this.#within = false;
    return this.#decoder.decode();
  }
}
