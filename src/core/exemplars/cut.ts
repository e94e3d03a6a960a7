import { paragraphBreakOf } from '../text/border';
import { isSceneBreak } from '../text/scene';
import type { Span } from '../text/span';

/** Words of an exemplar: those with fewer are none, one is complete from `ENOUGH`, and none has more than `MOST`. */
export const LEAST_EXEMPLAR = 40;
const ENOUGH = 120;
const MOST = 300;

const SENTENCE_END = /[.!?…。！？]["”’'»)\]*_]*(?=\s)/gu;

/** A stretch of text and how many words it has. */
export interface Cut extends Span {
  words: number;
}

/**
 * Cuts human text into exemplars: whole paragraphs, together of about 120 to 300 words, never across a scene
 * border or text that is not human. A paragraph that is longer is cut after sentences. What is too short at
 * the end of a scene goes with the exemplar before it where there is room, else it is left out.
 * @param human spans of the text in ascending order, without the white space around them
 */
export function cutExemplars(text: string, human: readonly Span[]): Cut[] {
  const byLines = paragraphBreakOf(text) === 'line';
  const cutter = new Cutter();
  let last = 0;
  for (const span of human) {
    if (!isBlank(text, last, span.start)) {
      cutter.border();
    }
    for (const line of byLines ? linesOf(text, span) : [span]) {
      if (line.end - line.start < 120 && isSceneBreak(text.slice(line.start, line.end))) {
        cutter.border();
      } else {
        sentencesOf(text, line).forEach((piece) => cutter.add(piece));
      }
    }
    last = span.end;
  }
  cutter.border();
  return cutter.cuts;
}

class Cutter {
  readonly cuts: Cut[] = [];
  #open: Cut | undefined;
  /** Where in `cuts` those of this scene begin. */
  #scene = 0;

  add(piece: Cut): void {
    const { words } = piece;
    if (this.#open && this.#open.words + words > MOST) {
      this.#close();
    }
    this.#open = this.#open
      ? { start: this.#open.start, end: piece.end, words: this.#open.words + words }
      : piece;
    if (this.#open.words >= ENOUGH) {
      this.#close();
    }
  }

  border(): void {
    this.#close();
    this.#scene = this.cuts.length;
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) {
      return;
    }
    const before = this.cuts.length > this.#scene ? this.cuts.at(-1) : undefined;
    if (open.words >= LEAST_EXEMPLAR) {
      this.cuts.push(open);
    } else if (before && before.words + open.words <= MOST) {
      const words = before.words + open.words;
      this.cuts[this.cuts.length - 1] = { start: before.start, end: open.end, words };
    }
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x20 && text.charAt(at).trim() !== '') {
      return false;
    }
  }
  return true;
}

/** The lines of a span that are not blank. */
function linesOf(text: string, { start, end }: Span): Span[] {
  const lines: Span[] = [];
  for (let from = start; from < end;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 || newline > end ? end : newline;
    if (!isBlank(text, from, to)) {
      lines.push({ start: from, end: to });
    }
    from = to + 1;
  }
  return lines;
}

/** A paragraph whole, or in pieces of whole sentences where it is too long to be an exemplar. */
function sentencesOf(text: string, span: Span): Cut[] {
  const words = countWords(text, span.start, span.end);
  if (words <= MOST) {
    return [{ ...span, words }];
  }
  const pieces: Cut[] = [];
  let from = span.start;
  const add = (end: number) => {
    pieces.push({ start: from, end, words: countWords(text, from, end) });
    from = end;
    while (from < span.end && text.charCodeAt(from) <= 0x20) {
      from++;
    }
  };
  for (const match of text.slice(span.start, span.end).matchAll(SENTENCE_END)) {
    const end = span.start + match.index + match[0].length;
    if (countWords(text, from, end) >= ENOUGH) {
      add(end);
    }
  }
  if (from < span.end) {
    add(span.end);
  }
  // What has no sentences of a sensible length is no prose.
  return pieces.filter((piece) => piece.words <= 2 * MOST);
}

/** Runs of anything but white space with a letter or digit in them. */
function countWords(text: string, start: number, end: number): number {
  let words = 0;
  let isInside = false;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    const isSpace = unit <= 0x20 || unit === 0xa0 || unit === 0x3000;
    if (isSpace) {
      isInside = false;
    } else if (!isInside && isWordUnit(unit)) {
      isInside = true;
      words++;
    }
  }
  return words;
}

function isWordUnit(unit: number): boolean {
  const isLetter = (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
  const isDigit = unit >= 0x30 && unit <= 0x39;
  // Beyond ASCII nearly all but the punctuation of prose is letters.
  return isLetter || isDigit || (unit > 0xbf && !(unit >= 0x2000 && unit <= 0x206f));
}
