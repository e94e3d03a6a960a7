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
    lay(multiverse, { frame, scale: frame.height / zoom.path }, zoom, 0, 0, boxes);
  }
  return boxes;
}

interface Scale {
  frame: Frame;
  /** Pixels of a path probability of 1. */
  scale: number;
}

function lay(
  multiverse: Multiverse,
  { frame, scale }: Scale,
  parent: Block,
  column: number,
  start: number,
  boxes: Box[],
): void {
  const after = multiverse.after(parent.id);
  if (!after) {
    return;
  }
  const children = multiverse.children(parent.id);
  const isDrawn = ({ path, taken }: Block) => taken || path * scale >= LEAST_HEIGHT;
  const drawn = children.filter(isDrawn);
  const small = children.filter((child) => !isDrawn(child));
  const siblings = drawn.length + (small.length > 0 ? 1 : 0) + (after.tail > 0 ? 1 : 0);
  let top = start;
  let position = 1;
  const place = (
    box: Omit<Box, 'column' | 'top' | 'height' | 'fontSize' | 'siblings' | 'position'>,
  ) => {
    const height = box.path * scale;
    const fontSize = fontFor(height, box.kind === 'block' ? FONT.most : FONT.aside);
    boxes.push({ ...box, column, top, height, fontSize, siblings, position: position++ });
    const at = top;
    top += height;
    return at;
  };
  for (const child of drawn) {
    const { id, probability, path, hue, taken, text } = child;
    const known = multiverse.after(id) ? 'known' : 'open';
    const follows = canGoOn(child) ? known : 'end';
    const own = { block: id, probability, path, hue, taken, text, count: 1, follows } as const;
    const at = place({ kind: 'block', ...own });
    if (column + 1 < frame.columns) {
      lay(multiverse, { frame, scale }, child, column + 1, at, boxes);
    }
  }
  const others = {
    block: parent.id,
    hue: parent.hue,
    taken: false,
    text: '',
    follows: 'end',
  } as const;
  if (small.length > 0) {
    const probability = small.reduce((sum, child) => sum + child.probability, 0);
    const path = parent.path * probability;
    place({ kind: 'rest', ...others, probability, path, count: small.length });
  }
  if (after.tail > 0) {
    const path = parent.path * after.tail;
    place({ kind: 'tail', ...others, probability: after.tail, path, count: 0 });
  }
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
