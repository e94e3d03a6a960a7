import type { Span } from '../text/span';

/** A line that is not blank, without the space around it. */
export interface VerseLine extends Span {
  /** Index of its stanza; blank lines part stanzas. */
  stanza: number;
  /** Its last word as written; undefined where the line is too long for verse, or furniture. */
  last: Span | undefined;
}

/** No line of verse is longer: Whitman's and Ginsberg's are, and do not rhyme. */
const LONGEST_LINE = 120;

const LAST_WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*(?=[^\p{L}]*$)/u;
/** Headings, rules, table rows and introductions ("Here is a poem:"). */
const FURNITURE =
  /^(?:#|\||-{3}|\*{3}|_{3}|={3}|\*\*.*\*\*$|<\/?\w+>$|\(?note:|(?:here|sure|certainly|title)\b.*[:!]$)/i;

/** The lines of a text that are not blank, in order. Linear: of a long line only its ends are looked at. */
export function verseLines(text: string): VerseLine[] {
  const lines: VerseLine[] = [];
  let stanza = -1;
  let blank = true;
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    const line = trimmed(text, from, to);
    if (line.start === line.end) {
      blank = true;
    } else {
      stanza += blank ? 1 : 0;
      blank = false;
      lines.push({ ...line, stanza, last: lastWord(text, line) });
    }
    from = to + 1;
  }
  return lines;
}

function trimmed(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) {
    start++;
  }
  while (end > start && isSpace(text.charCodeAt(end - 1))) {
    end--;
  }
  return { start, end };
}

function isSpace(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || unit === 0xfeff;
}

function lastWord(text: string, { start, end }: Span): Span | undefined {
  if (end - start > LONGEST_LINE) {
    return undefined;
  }
  const line = text.slice(start, end);
  const found = FURNITURE.test(line) ? null : LAST_WORD.exec(line);
  if (found === null) {
    return undefined;
  }
  return { start: start + found.index, end: start + found.index + found[0].length };
}

/** A word as the dictionary has it: lower case, apostrophes straight. */
export function folded(word: string): string {
  return word.toLowerCase().replace(/’/g, "'");
}

/** Fewer lines in a row are no poem among prose. */
const FEWEST_LINES = 4;

/**
 * The longest stretch of lines that no line too long for verse interrupts: the poem, where prose stands
 * before or after it. All lines when no stretch has four.
 */
export function verseStretch(lines: readonly VerseLine[]): Span {
  let best = { start: 0, end: 0 };
  let start = 0;
  for (let i = 0; i <= lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.end - line.start > LONGEST_LINE) {
      if (i - start > best.end - best.start) {
        best = { start, end: i };
      }
      start = i + 1;
    }
  }
  return best.end - best.start >= FEWEST_LINES ? best : { start: 0, end: lines.length };
}
