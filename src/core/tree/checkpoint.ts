import { applyChanges, openDocument, place, type DocumentState } from '../attachment/document';
import { append, firstEndingAfter, type Attachments } from '../attachment/stretch';
import { typedSpans } from '../attachment/typed';
import { commonPrefix, commonSuffix, splitsPair } from '../attachment/utf16';
import type { Change } from '../attachment/change';
import type { Span } from '../text/span';
import type { Attachment, NodeId, TreeNode } from './node';
import { changesBetween, isOwn, type Pieces } from './version';

/** What a checkpoint is made at. */
export const CHECKPOINT_REASONS = ['generate', 'insert', 'save', 'checkout'] as const;
export type CheckpointReason = (typeof CHECKPOINT_REASONS)[number];

/** The document as it stands: its text and, of it, what shows branches and what was typed. */
export type DocumentNow = Pick<DocumentState, 'text' | 'attachments' | 'typed'>;

/** What is known of the nodes that are there. */
export type NodeOf = (id: NodeId) => Pick<TreeNode, 'text' | 'source'> | undefined;

/** A stretch of the writer's own text that no node shows yet. */
export interface OwnEdit {
  /** Stands for the node's id until it has one; a later edit may have it as its parent. */
  key: string;
  parent: NodeId | null;
  at: number;
  text: string;
  /** `human` when all of it was typed here. */
  source: { kind: 'human' | 'unknown' };
}

export interface CheckpointPlan {
  /** The document with all that is known of it, to plan the next checkpoint from. */
  state: DocumentState;
  /** In document order; a parent comes before its child. */
  edits: readonly OwnEdit[];
  /** The document as nodes, edits among them under their keys. They tile its text. */
  pieces: Pieces;
  /** Whether the writer changed anything: placing and swapping branches alone does not count. */
  isEdited: boolean;
}

/** What a document is known to show before its first checkpoint. */
export function nothingKnown(): DocumentState {
  return openDocument('');
}

/**
 * The nodes that a document is made of, and those to be added for what the writer did since it was last
 * looked at. Unchanged text stays the node that it was; of changed text only what changed becomes a
 * node, forked from the node that it follows.
 * @param known the document as it was last known, all of it attached
 */
export function planCheckpoint(
  known: DocumentState,
  now: DocumentNow,
  nodeOf: NodeOf,
): CheckpointPlan {
  const state = withBranches(followed(known, now.text), now.attachments, nodeOf);
  const { edits, pieces } = fillGaps(state.attachments, now, nodeOf);
  const sources = new Map(edits.map(({ key, source }) => [key, source]));
  const isOwnPiece = ({ node }: Attachment) => {
    const source = sources.get(node) ?? nodeOf(node)?.source;
    return source === undefined || isOwn({ source });
  };
  const isEdited =
    edits.length > 0 ||
    changesBetween(known.attachments, pieces).some((change) => change.pieces.every(isOwnPiece));
  return { state, edits, pieces, isEdited };
}

/** The document under another text: what the two have in common keeps its nodes. */
function followed(known: DocumentState, text: string): DocumentState {
  const old = known.text;
  if (old === text) {
    return known;
  }
  const prefix = commonPrefix(old, text);
  const suffix = commonSuffix(old, text, Math.min(old.length, text.length) - prefix);
  const change = {
    start: prefix,
    end: old.length - suffix,
    text: text.slice(prefix, text.length - suffix),
  };
  return applyChanges(known, [slid(old, change)], 'edit');
}

/** How far a change may slide to begin where a word does, in UTF-16 code units. */
const SLIDE = 200;

/** Of the places where text may have come in, all alike to the eye, the one that most looks like it. */
function slid(old: string, change: Change): Change {
  const { start, end, text } = change;
  let best = { by: 0, looks: looksLikeBorder(old.charAt(start - 1), text.charAt(0)) };
  for (let by = 1; start === end && by <= Math.min(SLIDE, start, text.length); by++) {
    const last = text.charAt(text.length - by);
    if (old.charAt(start - by) !== last) {
      break;
    }
    const looks = looksLikeBorder(old.charAt(start - by - 1), last);
    best = looks > best.looks ? { by, looks } : best;
  }
  const at = text.length - best.by;
  return { start: start - best.by, end: end - best.by, text: text.slice(at) + text.slice(0, at) };
}

/** How much two characters look as if text came in between them: a line begins, a word ends, neither. */
function looksLikeBorder(before: string, first: string): number {
  if (/[\ud800-\udbff]/u.test(before)) {
    return -1;
  }
  return before === '\n' || before === '' ? 3 : /\s/u.test(first) ? 2 : /\s/u.test(before) ? 1 : 0;
}

/** The document with its branches where they are surely known to stand. */
function withBranches(state: DocumentState, branches: Attachments, nodeOf: NodeOf): DocumentState {
  let out = state;
  for (const stretch of branches) {
    if (!isShown(out.attachments, stretch)) {
      out = place(out, stretch, nodeOf(stretch.node)?.text ?? '');
    }
  }
  return out;
}

function isShown(list: Attachments, { node, from, start, end }: Attachment): boolean {
  const shown = list[firstEndingAfter(list, start)];
  return (
    shown?.node === node &&
    shown.start <= start &&
    shown.end >= end &&
    shown.from - shown.start === from - start
  );
}

function fillGaps(
  known: Attachments,
  now: DocumentNow,
  nodeOf: NodeOf,
): Pick<CheckpointPlan, 'edits' | 'pieces'> {
  const edits: OwnEdit[] = [];
  const pieces: Attachment[] = [];
  const shownTo = new Map<NodeId, number>();
  const fill = (gap: Span, next: Attachment | undefined) => {
    for (const { start, end, kind } of runsOf(now, gap)) {
      const key = `\0${edits.length}`;
      const text = now.text.slice(start, end);
      edits.push({ key, ...forkAfter(pieces.at(-1), next), text, source: { kind } });
      append(pieces, { start, end, node: key, from: 0 });
    }
  };
  let done = 0;
  for (const piece of known) {
    const whole = withHidden(piece, { text: now.text, done, shownTo, nodeOf });
    fill({ start: done, end: whole.start }, whole);
    append(pieces, whole);
    shownTo.set(whole.node, whole.from + whole.end - whole.start);
    done = whole.end;
  }
  fill({ start: done, end: now.text.length }, undefined);
  return { edits, pieces };
}

interface Gap {
  text: string;
  /** Where the gap begins. */
  done: number;
  /** How far each node is shown before the gap. */
  shownTo: ReadonlyMap<NodeId, number>;
  nodeOf: NodeOf;
}

/** A piece with as much of the gap before it as is its node's own text, not shown elsewhere. */
function withHidden(piece: Attachment, { text, done, shownTo, nodeOf }: Gap): Attachment {
  const nodeText = nodeOf(piece.node)?.text ?? '';
  const most = Math.min(piece.start - done, piece.from - (shownTo.get(piece.node) ?? 0));
  let by = 0;
  while (
    by < most &&
    text.charCodeAt(piece.start - by - 1) === nodeText.charCodeAt(piece.from - by - 1)
  ) {
    by++;
  }
  if (by > 0 && splitsPair(text, piece.start - by)) {
    by--;
  }
  return { ...piece, start: piece.start - by, from: piece.from - by };
}

/** After the node before; at the head of the document, before the beginning of the one behind. */
function forkAfter(
  before: Attachment | undefined,
  next: Attachment | undefined,
): Pick<OwnEdit, 'parent' | 'at'> {
  return before === undefined
    ? { parent: next?.node ?? null, at: 0 }
    : { parent: before.node, at: before.from + before.end - before.start };
}

type Run = Span & { kind: OwnEdit['source']['kind'] };

/** A gap by where its text came from; white space belongs to what it stands beside. */
function runsOf({ text, typed }: DocumentNow, gap: Span): Run[] {
  const runs: Run[] = [];
  const add = (start: number, end: number, kind: Run['kind']) => {
    const last = runs.at(-1);
    if (start >= end) {
      return;
    }
    if (last === undefined) {
      runs.push({ start, end, kind });
    } else if (last.kind === kind || isBlank(text, { start, end })) {
      last.end = end;
    } else if (isBlank(text, last)) {
      last.end = end;
      last.kind = kind;
    } else {
      runs.push({ start, end, kind });
    }
  };
  let done = gap.start;
  for (const { start, end } of typedSpans(typed, gap)) {
    add(done, start, 'unknown');
    add(start, end, 'human');
    done = end;
  }
  add(done, gap.end, 'unknown');
  return runs;
}

function isBlank(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).trim() === '';
}

/** Where in the tree something forks that follows an offset of the document. */
export function forkAt(pieces: Pieces, offset: number): { parent: NodeId | null; at: number } {
  const before = pieces.find(({ start, end }) => start < offset && offset <= end);
  const piece = before ?? pieces.find(({ start }) => start === offset);
  return piece === undefined
    ? { parent: null, at: offset }
    : { parent: piece.node, at: piece.from + offset - piece.start };
}
