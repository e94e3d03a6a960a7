import { canGoOn, ROOT_BLOCK, type Block, type Multiverse } from './multiverse';

/** What is drawn and how large. Lengths are CSS pixels. */
export interface Frame {
  /** The block that fills the height; what follows it is drawn. */
  zoom: number;
  height: number;
  /** Tokens in a row, ≥ 1. */
  columns: number;
}

/** Blocks under this height are drawn as one with the others of their parent. */
export const LEAST_HEIGHT = 3;
/** Sizes of letters; what has no room for the smallest has no label. `aside` is the most of what is no token. */
const FONT = { least: 9, most: 14, aside: 11 };
/** Of a block's height. */
const FONT_SHARE = 0.8;

/**
 * `block` a token · `rest` tokens of one parent that are too small to draw · `tail` what the model did not
 * list after it.
 */
export type BoxKind = 'block' | 'rest' | 'tail';

/** One rectangle. Heights are true shares: nothing is stretched to fill its parent. */
export interface Box {
  kind: BoxKind;
  /** The block itself; the parent of what is no block of its own. */
  block: number;
  /** From 0, to the right. */
  column: number;
  top: number;
  height: number;
  /** 0 to 1, given the parent. */
  probability: number;
  /** 0 to 1, from the root. */
  path: number;
  hue: number;
  taken: boolean;
  text: string;
  /** Tokens in it. */
  count: number;
  /** Of the label; null where there is no room for one. */
  fontSize: number | null;
  /** Whether anything is known of what follows; `end` where nothing can. */
  follows: 'known' | 'open' | 'end';
  /** Its place among those of its parent, from 1, and how many they are. */
  position: number;
  siblings: number;
}

/** The boxes of a frame, each followed by what follows it, most probable first. */
export function layout(multiverse: Multiverse, frame: Frame): Box[] {
  const zoom = multiverse.block(frame.zoom);
  const boxes: Box[] = [];
  if (zoom && zoom.path > 0) {
    const draft = { multiverse, columns: frame.columns, scale: frame.height / zoom.path, boxes };
    lay(draft, zoom, 0, 0);
  }
  return boxes;
}

/** A layout in the making. */
interface Drawing {
  multiverse: Multiverse;
  columns: number;
  /** Pixels of a path probability of 1. */
  scale: number;
  boxes: Box[];
}

function lay(drawing: Drawing, parent: Block, column: number, start: number): void {
  const { multiverse, scale, boxes } = drawing;
  const after = multiverse.after(parent.id);
  if (!after) {
    return;
  }
  const drawn: Block[] = [];
  const rest = { count: 0, probability: 0 };
  for (const child of multiverse.children(parent.id)) {
    if (child.taken || child.path * scale >= LEAST_HEIGHT) {
      drawn.push(child);
    } else {
      rest.count += 1;
      rest.probability += child.probability;
    }
  }
  const siblings = drawn.length + Number(rest.count > 0) + Number(after.tail > 0);
  let top = start;
  for (const [at, child] of drawn.entries()) {
    const box = blockBox(drawing, child);
    boxes.push(Object.assign(box, { column, top, siblings, position: at + 1 }));
    if (column + 1 < drawing.columns) {
      lay(drawing, child, column + 1, top);
    }
    top += box.height;
  }
  if (rest.count > 0) {
    const box = asideBox(drawing, parent, 'rest', rest.probability, rest.count);
    boxes.push(Object.assign(box, { column, top, siblings, position: drawn.length + 1 }));
    top += box.height;
  }
  if (after.tail > 0) {
    const box = asideBox(drawing, parent, 'tail', after.tail, 0);
    boxes.push(Object.assign(box, { column, top, siblings, position: siblings }));
  }
}

/** A box that has no place yet. */
function blockBox({ multiverse, scale }: Drawing, block: Block): Box {
  const { id, probability, path, hue, taken, text } = block;
  const height = path * scale;
  const known = multiverse.after(id) ? 'known' : 'open';
  return {
    kind: 'block',
    block: id,
    column: 0,
    top: 0,
    height,
    probability,
    path,
    hue,
    taken,
    text,
    count: 1,
    fontSize: fontFor(height, FONT.most),
    follows: canGoOn(block) ? known : 'end',
    position: 0,
    siblings: 0,
  };
}

/** What is no token of its own, as a box that has no place yet. */
function asideBox(
  { scale }: Drawing,
  { id, path: before, hue }: Block,
  kind: 'rest' | 'tail',
  probability: number,
  count: number,
): Box {
  const path = before * probability;
  const height = path * scale;
  return {
    kind,
    block: id,
    column: 0,
    top: 0,
    height,
    probability,
    path,
    hue,
    taken: false,
    text: '',
    count,
    fontSize: fontFor(height, FONT.aside),
    follows: 'end',
    position: 0,
    siblings: 0,
  };
}

function fontFor(height: number, most: number): number | null {
  const size = Math.min(most, height * FONT_SHARE);
  return size < FONT.least ? null : size;
}

/** How much larger than at the root a block is drawn when it fills the height, and how unlikely it is. */
export interface Magnification {
  /** ≥ 1. */
  times: number;
  /** −log2 of its path probability, ≥ 0. */
  bits: number;
}

export function magnification({ path }: Pick<Block, 'path'>): Magnification {
  return { times: 1 / path, bits: path === 1 ? 0 : -Math.log2(path) };
}

/** The block that a step out of this one leads to; the root itself leads nowhere else. */
export function zoomedOut(multiverse: Multiverse, zoom: number): number {
  return multiverse.block(zoom)?.parent ?? ROOT_BLOCK;
}
