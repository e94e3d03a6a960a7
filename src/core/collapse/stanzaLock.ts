import { shapeAsked } from '../verse/asked';
import type { Pronouncer } from '../verse/pronouncer';
import { mode, stanzaFeatures, stanzaShape } from '../verse/stanzaShape';
import type { Verse } from '../verse/verse';
import { STANZA_BIAS, STANZA_WEIGHTS } from '../verse/verseWeights';
import type { Subject } from './subject';
import type { Flag } from './flag';

/** Score from which stanzas are flagged. */
export const LOCKED = 0.8;
/** Fewest stanzas of one size, and their share of all, that make a lock. */
const FEWEST_STANZAS = 3;
const MOST_OF_THEM = 0.7;
/** Lists and dialogue come in short lines too. */
const NOT_VERSE = /^(?:[-*+•–—>"“‘«]|\d+[.)])/u;
const FEW = 0.5;

export interface StanzaResult {
  flags: Flag<'stanza-lock'>[];
  /** 0 to 1, rising with how regular the stanzas are; 0 for a text that is no verse. */
  score: number;
}

/** Stanza after stanza of one size, with line lengths and beats as regular. */
export function findStanzaLock(
  subject: Subject,
  verse: Verse,
  pronouncer: Pronouncer | undefined,
): StanzaResult {
  const ended = verse.words.filter((word) => word !== undefined).length;
  const listed = verse.lines.filter(({ start }) =>
    NOT_VERSE.test(verse.text.slice(start, start + 4)),
  );
  const isVerse = ended >= FEW * verse.lines.length && listed.length <= FEW * verse.lines.length;
  const shape = isVerse && pronouncer ? stanzaShape(verse, pronouncer) : undefined;
  if (shape === undefined) {
    return { flags: [], score: 0 };
  }
  const logit = stanzaFeatures(shape, verse).reduce(
    (sum, x, i) => sum + x * (STANZA_WEIGHTS[i] ?? 0),
    STANZA_BIAS,
  );
  const score = 1 / (1 + Math.exp(-logit));
  const size = mode(shape.sizes);
  const stanzas = shape.sizes.filter((n) => n === size).length;
  const first = verse.lines[0];
  const last = verse.lines.at(-1);
  const locked =
    size > 1 && stanzas >= FEWEST_STANZAS && stanzas >= MOST_OF_THEM * shape.sizes.length;
  if (
    !locked ||
    score < LOCKED ||
    shapeAsked(subject.instruction ?? '') ||
    first === undefined ||
    last === undefined
  ) {
    return { flags: [], score };
  }
  const evidence = { stanzas, linesPerStanza: size };
  const span = { start: first.start, end: last.end };
  return { flags: [{ ...span, code: 'stanza-lock', severity: 'note', score, evidence }], score };
}
