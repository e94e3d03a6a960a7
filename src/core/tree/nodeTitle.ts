/** Default length of a title, UTF-16 code units. */
export const TITLE_LENGTH = 48;

const MARKUP = /^(?:#{1,6}\s+|[-*+>]\s+|\d+[.)]\s+)+|[*_`]+/gu;

/**
 * A short title for a text: the first words of its first line that has any, Markdown left out, with `…`
 * where more follows. Empty for a text without words.
 * @param length at most so many UTF-16 code units; a first word longer than that is cut
 */
export function nodeTitle(text: string, length = TITLE_LENGTH): string {
  const start = text.search(/\S/u);
  if (start === -1) {
    return '';
  }
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd === -1 ? start + 8 * length : lineEnd);
  const words = line.replace(MARKUP, '').split(/\s+/u).filter(Boolean);
  let title = '';
  for (const word of words) {
    const longer = title === '' ? word : `${title} ${word}`;
    if (longer.length > length) {
      return `${title === '' ? characters(word, length) : title}…`;
    }
    title = longer;
  }
  const isAll = text.slice(start).trimEnd().length <= line.length;
  return isAll || title === '' ? title : `${title}…`;
}

/** The beginning of a word, never half a character. */
function characters(word: string, length: number): string {
  const cut = word.slice(0, length - 1);
  return /[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut;
}
