import {
  allTyped,
  someTyped,
  typedInside,
  typedOf,
  typedSpans,
  type Typed,
} from '../attachment/typed';
import { isTelling } from '../attachment/weight';
import type { Span } from '../text/span';
import { shortHash } from '../tree/hash';

/** A sentence, or a line without one, of which at least a part was typed. */
export interface UnitPrint {
  /** Which of the text's units it is, from 0. */
  at: number;
  hash: string;
  /** Borders of what is typed in it, in its offsets; absent when all of it is. */
  typed?: Typed;
}

/** What of a text was typed, without the text: enough to find it again in a text that has changed. */
export interface TypedPrint {
  /** Hash of the whole text, line ends LF. */
  text: string;
  units: readonly UnitPrint[];
}

/** Of 36 to the power of this, one pair of different sentences is taken for the same. */
const DIGITS = 8;
// Repetitions are bounded where they could be tried from every place of a long row.
const SENTENCE = /[^\s](?:.*?[.!?…。！？]{1,6}[”’"')\]*_]{0,6}(?=\s|$)|.*\S|)/gu;

/** The sentences of a text, or lines where there are none, without the white space around them. */
function unitsOf(text: string): Span[] {
  return [...text.matchAll(SENTENCE)].map(({ 0: unit, index }) => ({
    start: index,
    end: index + unit.length,
  }));
}

function hashOf(text: string, { start, end }: Span): string {
  return shortHash(text.slice(start, end)).slice(-DIGITS);
}

/** What of a text is typed, sentence by sentence. */
export function printOf(text: string, typed: Typed): TypedPrint {
  const units: UnitPrint[] = [];
  for (const [at, span] of unitsOf(text).entries()) {
    if (allTyped(typed, span)) {
      units.push({ at, hash: hashOf(text, span) });
    } else if (someTyped(typed, span)) {
      units.push({ at, hash: hashOf(text, span), typed: typedInside(typed, span) });
    }
  }
  return { text: shortHash(text), units };
}

/**
 * What of a text is known to have been typed, from what was written down when it may have been another.
 * A sentence that has changed is not; nor is one so short that it may be another one that says the same,
 * unless its neighbour is found beside it.
 */
export function typedFrom(text: string, print: TypedPrint): Typed {
  const spans = unitsOf(text);
  const places =
    print.text === shortHash(text) ? print.units.map(({ at }) => at) : search(text, spans, print);
  const found: Span[] = [];
  for (const [i, unit] of print.units.entries()) {
    const span = spans[places[i] ?? -1];
    if (span === undefined) {
      continue;
    }
    const before = spans[(places[i] ?? 0) - 1];
    const goesOn =
      i > 0 && print.units[i - 1]?.at === unit.at - 1 && places[i - 1] === (places[i] ?? 0) - 1;
    if (goesOn && before !== undefined && found.at(-1)?.end === before.end && startsTyped(unit)) {
      found.push({ start: before.end, end: span.start });
    }
    found.push(...typedIn(unit, span));
  }
  return typedOf(found);
}

function startsTyped({ typed }: UnitPrint): boolean {
  return typed === undefined || typed[0] === 0;
}

function typedIn({ typed }: UnitPrint, span: Span): Span[] {
  if (typed === undefined) {
    return [span];
  }
  const inside = typedSpans(typed, { start: 0, end: span.end - span.start });
  return [...inside].map(({ start, end }) => ({
    start: start + span.start,
    end: end + span.start,
  }));
}

/** By unit of the print, the unit of the text that it is now; -1 for one that is gone. */
function search(text: string, spans: readonly Span[], { units }: TypedPrint): number[] {
  const hashes = spans.map((span) => hashOf(text, span));
  const now = grouped(hashes);
  const places = new Array<number>(units.length).fill(-1);
  const taken = new Set<number>();
  const settle = (i: number, place: number) => {
    places[i] = place;
    taken.add(place);
  };
  for (const [hash, indices] of grouped(units.map((unit) => unit.hash))) {
    const found = now.get(hash) ?? [];
    const span = spans[found[0] ?? -1];
    const isSure = span !== undefined && isTelling(text.slice(span.start, span.end));
    // Where there are more of them than were typed, which of them it was is not known.
    if (isSure && found.length <= indices.length) {
      found.forEach((place, k) => settle(indices[k] ?? 0, place));
    }
  }
  const follow = (i: number, by: 1 | -1) => {
    const unit = units[i];
    const last = units[i - by];
    const place = (places[i - by] ?? -1) + by;
    const isNext = unit?.at === (last?.at ?? NaN) + by && (places[i - by] ?? -1) >= 0;
    if (unit && isNext && places[i] === -1 && hashes[place] === unit.hash && !taken.has(place)) {
      settle(i, place);
    }
  };
  units.forEach((_, i) => follow(i, 1));
  units.forEach((_, i) => follow(units.length - 1 - i, -1));
  return places;
}

/** The indices of each hash, ascending. */
function grouped(hashes: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [i, hash] of hashes.entries()) {
    const indices = found.get(hash);
    if (indices === undefined) {
      found.set(hash, [i]);
    } else {
      indices.push(i);
    }
  }
  return found;
}
