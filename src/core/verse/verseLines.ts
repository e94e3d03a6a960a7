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
  if (FURNITURE.test(line)) {
    return undefined;
  }
  const found = plainWord(line) ?? anyWord(line);
  return found && { start: start + found.start, end: start + found.end };
}

/** The last word where the end of the line is in ASCII; undefined where that is not so, or there is none. */
function plainWord(line: string): Span | undefined {
  let end = line.length;
  while (end > 0 && !isPlainLetter(line.charCodeAt(end - 1))) {
    if (line.charCodeAt(end - 1) > 0x7f) {
      return undefined;
    }
    end--;
  }
  let start = end;
  while (start > 0 && isPlainLetter(line.charCodeAt(start - 1))) {
    start--;
    // An apostrophe joins what stands on both of its sides.
    if (line.charAt(start - 1) === "'" && isPlainLetter(line.charCodeAt(start - 2))) {
      start--;
    }
  }
  return end === 0 || line.charCodeAt(start - 1) > 0x7f ? undefined : { start, end };
}

function anyWord(line: string): Span | undefined {
  const found = LAST_WORD.exec(line);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

/** A to Z. */
function isPlainLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
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

const FEWEST_ENDED = 2;
const VERSE_SHARE = 0.5;

/** Whether enough lines are short enough for verse and end where they want to: anything else is not rhymed. */
export function looksLikeVerse(text: string, lines = verseLines(text)): boolean {
  const stretch = verseStretch(lines);
  let ended = 0;
  for (let i = stretch.start; i < stretch.end; i++) {
    ended += lines[i]?.last === undefined ? 0 : 1;
  }
  return (
    ended >= FEWEST_ENDED &&
    ended >= VERSE_SHARE * (stretch.end - stretch.start) &&
    !isWrapped(text, lines.slice(stretch.start, stretch.end))
  );
}

/** Fewer lines that go on in the next one tell nothing, nor do shorter ones. */
const FEWEST_WRAPPED = 6;
const NARROWEST = 40;
/** Of wrapped lines so many are full; of lines of verse about one in four, in strict metre more. */
const FULL_SHARE = 0.7;
/** Of wrapped lines about one in seven begins with a capital; in strict metre nearly all do. */
const CAPITAL_SHARE = 0.5;

/**
 * Whether lines are broken where they are full (the first word of the next one would not have fitted), in the
 * middle of sentences.
 */
function isWrapped(text: string, lines: readonly VerseLine[]): boolean {
  const width = lines.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  let full = 0;
  let capitals = 0;
  let all = 0;
  for (let i = 1; i < lines.length; i++) {
    const [line, next] = [lines[i - 1], lines[i]];
    if (line === undefined || next?.stanza !== line.stanza) {
      continue;
    }
    const space = text.indexOf(' ', next.start);
    const first = (space < 0 ? next.end : Math.min(space, next.end)) - next.start;
    full += line.end - line.start + 1 + first > width ? 1 : 0;
    const letter = text.charAt(next.start);
    capitals += letter === letter.toLowerCase() ? 0 : 1;
    all++;
  }
  return (
    all >= FEWEST_WRAPPED &&
    width >= NARROWEST &&
    full >= FULL_SHARE * all &&
    capitals < CAPITAL_SHARE * all
  );
}
