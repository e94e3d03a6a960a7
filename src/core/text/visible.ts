const SYMBOLS: Readonly<Record<string, string>> = {
  ' ': '·',
  '\u00a0': '⍽',
  '\t': '→',
  '\n': '↵',
  '\r': '␍',
};

/** Control, format, and separator characters, which show nothing or move other text about. */
const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with white space as symbols and what cannot be seen as its code point. */
export function withSymbols(text: string): string {
  return text.replace(INVISIBLE, (character) => SYMBOLS[character] ?? codePoint(character));
}

/** The text on one line, with what cannot be seen as spaces. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, ' ');
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `⟨U+${hex}⟩`;
}

/** Bytes as two hexadecimal digits each, as "E2 9C"; undefined when there are none to show. */
export function hexOf(text: string, bytes: Uint8Array | undefined): string | undefined {
  const isPart =
    bytes !== undefined && bytes.length > 0 && (text === '' || text.includes('\uFFFD'));
  return isPart
    ? Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
    : undefined;
}
