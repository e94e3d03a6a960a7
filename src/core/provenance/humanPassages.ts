import type { Span } from '../text/span';
import type { ProvenanceStretch } from './stretches';

const BLANK_LINE = /\n[^\S\n]*(?:\n[^\S\n]*)+/gu;
const SENTENCE_END = /[.!?…。！？:][”’"')\]*_]*\s*$/u;

/**
 * Where the paragraphs stand that are human from end to end, in order, without the white space around them.
 * Paragraphs are what blank lines part; where only some lines of one are human, those that are paragraphs
 * themselves count: they end a sentence and begin after the end of one.
 * @param text what the stretches' offsets count in
 */
export function humanSpans(text: string, stretches: readonly ProvenanceStretch[]): readonly Span[] {
  const others = stretches.filter(({ kind }) => kind !== 'human');
  const isHuman = humanTest(text, others);
  const out: Span[] = [];
  for (const block of parted(text, { start: 0, end: text.length }, BLANK_LINE)) {
    const spans = isHuman(block) ? [block] : wholeLines(text, block).filter(isHuman);
    for (const span of spans) {
      const passage = text.slice(span.start, span.end);
      const start = span.start + passage.length - passage.trimStart().length;
      const end = span.start + passage.trimEnd().length;
      if (start < end) {
        out.push({ start, end });
      }
    }
  }
  return out;
}

/** Asks for spans in ascending order whether all in them but white space is human. */
function humanTest(text: string, others: readonly Span[]): (span: Span) => boolean {
  let next = 0;
  return ({ start, end }) => {
    while ((others[next]?.end ?? Infinity) <= start) {
      next++;
    }
    for (let i = next; i < others.length; i++) {
      const other = others[i];
      if (other === undefined || other.start >= end) {
        break;
      }
      const inside = text.slice(Math.max(start, other.start), Math.min(end, other.end));
      if (inside.trim() !== '') {
        return false;
      }
    }
    return true;
  };
}

function wholeLines(text: string, block: Span): Span[] {
  let ended = true;
  return parted(text, block, /\n/gu).filter(({ start, end }) => {
    const begins = ended;
    ended = SENTENCE_END.test(text.slice(Math.max(start, end - 20), end));
    return begins && ended;
  });
}

/** What stands between the matches of a pattern, which holds no look-around. */
function parted(text: string, span: Span, between: RegExp): Span[] {
  const out: Span[] = [];
  let start = span.start;
  for (const match of text.slice(span.start, span.end).matchAll(between)) {
    out.push({ start, end: span.start + match.index });
    start = span.start + match.index + match[0].length;
  }
  out.push({ start, end: span.end });
  return out;
}
