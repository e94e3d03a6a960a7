import { diffArrays } from 'diff';
import type { Span } from '../text/span';
import { anchors, lines, phrases, type Unit } from './anchors';
import { commonPrefix, commonSuffix, isHigh, isLow } from './utf16';
import { coreOf, isTelling } from './weight';

/** The same text in two places: `[a, a + length)` of the one, `[b, b + length)` of the other. */
export interface Block {
  a: number;
  b: number;
  length: number;
  /** Letters next to an anchor that may agree by chance. */
  loose?: true;
}

/**
 * What two texts have in common, in order: lines that occur once in both, then phrases that do, then
 * words by the shortest edit script (Myers 1986) where what remains is small. Time is near linear: what
 * would take long to compare is taken for different.
 * @returns blocks ascending and disjoint in both texts, none beginning or ending inside a character.
 */
export function align(a: string, b: string): Block[] {
  const search: Search = { a, b, blocks: [], budget: BUDGET };
  descend(search, { start: 0, end: a.length }, { start: 0, end: b.length }, [lines, phrases]);
  return search.blocks;
}

interface Search {
  a: string;
  b: string;
  blocks: Block[];
  /** Steps of the edit script that may still be spent. */
  budget: number;
}

/** Bounds of the word comparison: its time grows with the square of the edits. */
const BUDGET = 1_000_000;
const MOST_EDITS = 300;
const MOST_WORDS = 8000;

type Split = (text: string) => Unit[];

/** Whole lines and phrases come first: trimming before would give their ends to their neighbours. */
function descend(search: Search, inA: Span, inB: Span, levels: readonly Split[]): void {
  const [split, ...deeper] = levels;
  if (inA.start === inA.end || inB.start === inB.end) {
    return;
  }
  if (split === undefined) {
    compareRest(search, inA, inB);
  } else {
    betweenAnchors(search, inA, inB, split, deeper);
  }
}

function compareRest(search: Search, inA: Span, inB: Span): void {
  const a = search.a.slice(inA.start, inA.end);
  const b = search.b.slice(inB.start, inB.end);
  if (a === b) {
    emit(search.blocks, { a: inA.start, b: inB.start, length: a.length });
    return;
  }
  const prefix = commonPrefix(a, b);
  const suffix = commonSuffix(a, b, Math.min(a.length, b.length) - prefix);
  emit(search.blocks, { a: inA.start, b: inB.start, length: prefix, loose: true });
  const restA = { start: inA.start + prefix, end: inA.end - suffix };
  const restB = { start: inB.start + prefix, end: inB.end - suffix };
  if (restA.start < restA.end && restB.start < restB.end) {
    compareWords(search, restA, restB);
  }
  emit(search.blocks, { a: restA.end, b: restB.end, length: suffix, loose: true });
}

function betweenAnchors(
  search: Search,
  inA: Span,
  inB: Span,
  split: Split,
  deeper: readonly Split[],
): void {
  const a = split(search.a.slice(inA.start, inA.end));
  const b = split(search.b.slice(inB.start, inB.end));
  let doneA = inA.start;
  let doneB = inB.start;
  for (const anchor of anchors(a, b)) {
    const block = { a: anchor.a + inA.start, b: anchor.b + inB.start, length: anchor.length };
    if (block.a < doneA || block.b < doneB) {
      continue;
    }
    descend(search, { start: doneA, end: block.a }, { start: doneB, end: block.b }, deeper);
    emit(search.blocks, block);
    doneA = block.a + block.length;
    doneB = block.b + block.length;
  }
  descend(search, { start: doneA, end: inA.end }, { start: doneB, end: inB.end }, deeper);
}

const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;

function compareWords(search: Search, inA: Span, inB: Span): void {
  const a = search.a.slice(inA.start, inA.end).match(WORD) ?? [];
  const b = search.b.slice(inB.start, inB.end).match(WORD) ?? [];
  const maxEditLength = Math.min(MOST_EDITS, Math.floor(Math.sqrt(search.budget)));
  if (maxEditLength === 0 || a.length > MOST_WORDS || b.length > MOST_WORDS) {
    return;
  }
  const changes = diffArrays(a, b, { maxEditLength });
  let edits = maxEditLength;
  if (changes !== undefined) {
    edits = 0;
    let atA = inA.start;
    let atB = inB.start;
    for (const { value, added, removed } of changes) {
      const length = value.reduce((sum, word) => sum + word.length, 0);
      if (!added && !removed) {
        emit(search.blocks, { a: atA, b: atB, length });
      } else {
        edits += value.length;
      }
      atA += added ? 0 : length;
      atB += removed ? 0 : length;
    }
  }
  search.budget -= Math.min(search.budget, edits * edits);
}

/** Adds a block behind the others, joined to the last one when both go on from it. */
function emit(blocks: Block[], block: Block): void {
  const { a, b, length, loose } = block;
  const last = blocks.at(-1);
  const goesOn = last !== undefined && last.a + last.length === a && last.b + last.length === b;
  if (goesOn && last.loose === loose) {
    last.length += length;
  } else if (length > 0) {
    blocks.push({ ...block });
  }
}

/**
 * The blocks that are no coincidence: telling ones, and short ones with words at least half as long as the
 * change on one of their sides. After the semantic clean-up of Fraser's diff-match-patch, which asks for
 * words as long as that, and drops telling text too.
 * @param isAnchored whether what stands before and behind the two texts is the same in both.
 */
export function meaningful(
  blocks: readonly Block[],
  a: string,
  b: string,
  isAnchored: boolean,
): Block[] {
  let kept = blocks
    .map((block) => withWholeCharacters(block, a))
    .filter(({ length }) => length > 0);
  for (let before = -1; before !== kept.length;) {
    before = kept.length;
    kept = kept.filter((block, i) => {
      const text = a.slice(block.a, block.a + block.length);
      const isBacked = (change: number, isEdge: boolean) =>
        change > 0
          ? coreOf(text).length * 2 > change || (block.loose === true && change <= SMALL)
          : isEdge
            ? isAnchored
            : block.loose === undefined;
      const left = changeBetween(kept[i - 1] ?? { a: 0, b: 0, length: 0 }, block);
      const right = changeBetween(block, kept[i + 1] ?? { a: a.length, b: b.length, length: 0 });
      return isBacked(left, i === 0) || isBacked(right, i === before - 1) || isTelling(text);
    });
  }
  return kept;
}

/** Next to a change no longer than a word or two, letters in common are what was left of the old word. */
const SMALL = 12;

/** The larger of what went and what came between two blocks. */
function changeBetween(one: Block, next: Block): number {
  return Math.max(next.a - one.a - one.length, next.b - one.b - one.length);
}

/** The block without half characters at its ends. */
function withWholeCharacters(block: Block, text: string): Block {
  const { a, b, length } = block;
  const low = isLow(text.charCodeAt(a)) ? 1 : 0;
  const high = length > low && isHigh(text.charCodeAt(a + length - 1)) ? 1 : 0;
  return { ...block, a: a + low, b: b + low, length: length - low - high };
}
