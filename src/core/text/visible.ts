const SYMBOLS: Readonly<Record<string, string>> = {
  ' ': '·',
  '\u00a0': '⍽',
  '\t': '→',
  '\n': '↵',
  '\r': '␍',
};

/** Control, format, and separator characters, which show nothing or move other text about. */
export const INVISIBLE = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with white space as symbols and what cannot be seen as its code point. */
export function withSymbols(text: string): string {
  return text.replace(INVISIBLE, (character) => SYMBOLS[character] ?? codePoint(character));
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `⟨U+${hex}⟩`;
}
