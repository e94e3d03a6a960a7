/** A text as its letters and digits alone, in small letters: punctuation and typesetting make no difference. */
export function wordsAlone(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The beginning of a text on one line, cut at a word. @param length characters at most */
export function beginningOf(text: string, length: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= length) {
    return line;
  }
  const cut = line.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > 0 ? space : length)}…`;
}
