import type { Span } from '../text/span';
import type { Attachment, NodeId } from '../tree/node';
import { align, meaningful, type Block } from './align';
import { append } from './stretch';
import { splitsPair } from './utf16';
import { isTelling } from './weight';

/** A saved stretch with the text that it has to show. */
interface Saved extends Attachment {
  text: string;
}

/** A stretch found again, and how far it has moved. */
interface Found {
  stretch: Attachment;
  shift: number;
}

/**
 * The stretches that a text still shows, when it may have changed while nobody watched. What still
 * matches where it was stays; other stretches, or the parts left of them, are looked for between those
 * that stayed, then where their neighbours have moved to, then anywhere if there is one such place. What
 * is too short to be no coincidence, or is gone, is dropped.
 * @param text the document, line ends LF.
 * @param nodeText the text of a node; undefined when it is not known.
 */
export function reanchor(
  text: string,
  saved: readonly Attachment[],
  nodeText: (node: NodeId) => string | undefined,
): Attachment[] {
  const known = withTexts(saved, nodeText);
  if (known.every((stretch) => shows(text, stretch, 0))) {
    return joined(known);
  }
  let found: Found[] = [];
  let group: Saved[] = [];
  let start = 0;
  for (const stretch of known) {
    if (start <= stretch.start && isTelling(stretch.text) && shows(text, stretch, 0)) {
      found.push(...between(text, { start, end: stretch.start }, group));
      found.push({ stretch, shift: 0 });
      group = [];
      start = stretch.end;
    } else {
      group.push(stretch);
    }
  }
  found.push(...between(text, { start, end: text.length }, group));
  found = withNeighbours(text, known, found);
  found = withLonely(text, known, found);
  return joined(found.map(({ stretch }) => stretch)).filter(
    ({ start, end }) => !splitsPair(text, start) && !splitsPair(text, end),
  );
}

/** Sorted, well-formed, disjoint, with the text of each. */
function withTexts(
  saved: readonly Attachment[],
  nodeText: (node: NodeId) => string | undefined,
): Saved[] {
  const out: Saved[] = [];
  for (const stretch of saved.toSorted((a, b) => a.start - b.start)) {
    const { start, end, node, from } = stretch;
    const length = end - start;
    const text = from >= 0 && length > 0 ? nodeText(node)?.slice(from, from + length) : undefined;
    if (text?.length === length && start >= (out.at(-1)?.end ?? 0)) {
      out.push({ start, end, node, from, text });
    }
  }
  return out;
}

function shows(text: string, stretch: Saved, shift: number): boolean {
  const start = stretch.start + shift;
  const end = stretch.end + shift;
  return (
    start >= 0 &&
    text.slice(start, end) === stretch.text &&
    !splitsPair(text, start) &&
    !splitsPair(text, end)
  );
}

function joined(stretches: readonly Attachment[]): Attachment[] {
  const out: Attachment[] = [];
  for (const { start, end, node, from } of stretches) {
    append(out, { start, end, node, from });
  }
  return out;
}

function whole(stretch: Saved, shift: number): Found {
  const { start, end, node, from } = stretch;
  return { stretch: { start: start + shift, end: end + shift, node, from }, shift };
}

/** The stretches of a group, or what is left of them, found by comparison inside a span of the text. */
function between(text: string, span: Span, group: readonly Saved[]): Found[] {
  if (group.length === 0 || span.start >= span.end) {
    return [];
  }
  const old = group.map((stretch) => stretch.text).join('\n');
  const inside = text.slice(span.start, span.end);
  const blocks = meaningful(align(old, inside), old, inside, false);
  const out: Found[] = [];
  let at = 0;
  let first = 0;
  for (const stretch of group) {
    const end = at + stretch.text.length;
    while ((blocks[first]?.a ?? end) + (blocks[first]?.length ?? 0) <= at) {
      first++;
    }
    const parts: Block[] = [];
    for (let i = first; i < blocks.length; i++) {
      const block = blocks[i];
      if (block === undefined || block.a >= end) {
        break;
      }
      parts.push(clipped(block, at, end));
    }
    out.push(...believed(stretch, parts, at, span.start));
    at = end + 1;
  }
  return out;
}

function clipped({ a, b, length }: Block, start: number, end: number): Block {
  const skipped = Math.max(0, start - a);
  return { a: a + skipped, b: b + skipped, length: Math.min(end, a + length) - a - skipped };
}

/** Short parts count only where most of a telling stretch is left. */
function believed(stretch: Saved, parts: readonly Block[], at: number, base: number): Found[] {
  const left = parts.reduce((sum, { length }) => sum + length, 0);
  const isMost = isTelling(stretch.text) && left * 2 >= stretch.text.length;
  return parts
    .filter(({ a, length }) => isMost || isTelling(stretch.text.slice(a - at, a - at + length)))
    .map(({ a, b, length }) => {
      const start = b + base;
      const from = stretch.from + a - at;
      return {
        stretch: { start, end: start + length, node: stretch.node, from },
        shift: start - (stretch.start + a - at),
      };
    });
}

/** Adds stretches of which nothing was found and that moved with their neighbours: short ones with both. */
function withNeighbours(text: string, known: readonly Saved[], found: readonly Found[]): Found[] {
  const out: Found[] = [];
  let next = 0;
  for (const stretch of known) {
    const before = next;
    while (next < found.length && isPartOf(found[next], stretch)) {
      next++;
    }
    if (next > before) {
      out.push(...found.slice(before, next));
      continue;
    }
    const last = out.at(-1);
    const follower = found[next];
    const shifts = isTelling(stretch.text)
      ? [last?.shift, follower?.shift]
      : [last?.shift === follower?.shift ? last?.shift : undefined];
    const shift = shifts.find(
      (by) =>
        by !== undefined &&
        stretch.start + by >= (last?.stretch.end ?? 0) &&
        stretch.end + by <= (follower?.stretch.start ?? text.length) &&
        shows(text, stretch, by),
    );
    if (shift !== undefined) {
      out.push(whole(stretch, shift));
    }
  }
  return out;
}

function isPartOf(found: Found | undefined, stretch: Saved): boolean {
  if (found === undefined) {
    return false;
  }
  const start = found.stretch.start - found.shift;
  return stretch.start <= start && start < stretch.end;
}

/** How much text is searched for stretches that were moved elsewhere, in UTF-16 units. */
const PATIENCE = 100_000_000;

/** Adds telling stretches of which nothing was found and that stand in exactly one place of the text. */
function withLonely(text: string, known: readonly Saved[], found: readonly Found[]): Found[] {
  const out = [...found];
  const homes = new Set(found.map(({ stretch, shift }) => stretch.start - shift));
  const isHome = (stretch: Saved) =>
    homes.has(stretch.start) || found.some((one) => isPartOf(one, stretch));
  let patience = PATIENCE;
  for (const stretch of known) {
    if (patience <= 0 || !isTelling(stretch.text) || isHome(stretch)) {
      continue;
    }
    patience -= text.length;
    const start = text.indexOf(stretch.text);
    const shift = start - stretch.start;
    const isFree = !out.some(
      (o) => o.stretch.start < start + stretch.text.length && start < o.stretch.end,
    );
    if (
      start >= 0 &&
      start === text.lastIndexOf(stretch.text) &&
      isFree &&
      shows(text, stretch, shift)
    ) {
      out.push(whole(stretch, shift));
    }
  }
  return out.sort((a, b) => a.stretch.start - b.stretch.start);
}
