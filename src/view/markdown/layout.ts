import type { Span } from '../../core/text/span';

/** What a stretch of a block is set as. */
export type BoxKind =
  | 'paragraph'
  | 'heading'
  | 'quote'
  | 'list'
  | 'item'
  | 'rule'
  | 'fence'
  | 'emphasis'
  | 'strong'
  | 'struck'
  | 'code';

/**
 * A stretch of source in one look. `mark` is Markdown's own punctuation, which the look stands for and
 * which is therefore not shown; it never holds anything else.
 */
export interface Leaf extends Span {
  kind: 'text' | 'mark';
}

export interface Box {
  kind: BoxKind;
  children: readonly Layout[];
}

/** How one block is shown. Its leaves, in order, tile the source: nothing is lost, nothing is added. */
export type Layout = Leaf | Box;

export function isLeaf(layout: Layout): layout is Leaf {
  return layout.kind === 'text' || layout.kind === 'mark';
}

/** Thrown where source and parse do not match to the character. */
export class Inexact extends Error {}

/** What may be hidden: marks of emphasis, quotes, headings, code and escapes. */
const MARK = /^[ \t>#*_`~\\]*$/;

/** Builds a layout from left to right over one source text. */
export class LayoutBuilder {
  readonly #open: { kind: BoxKind; children: Layout[] }[] = [];
  readonly #roots: Layout[] = [];
  #at = 0;
  /** Whether anything but marks and white space has a place. */
  #shows = false;

  constructor(readonly source: string) {}

  /** Everything before it has a place. */
  get at(): number {
    return this.#at;
  }

  open(kind: BoxKind): void {
    this.#open.push({ kind, children: [] });
  }

  close(): void {
    const box = this.#open.pop();
    if (box === undefined) {
      throw new Inexact();
    }
    this.#add(box);
  }

  /** The source up to `end` in one look. */
  leaf(kind: Leaf['kind'], end: number): void {
    if (end < this.#at || end > this.source.length) {
      throw new Inexact();
    }
    if (end === this.#at) {
      return;
    }
    if (kind === 'mark' && !MARK.test(this.source.slice(this.#at, end))) {
      throw new Inexact();
    }
    this.#shows ||= kind === 'text' && this.source.slice(this.#at, end).trim() !== '';
    this.#add({ kind, start: this.#at, end });
    this.#at = end;
  }

  finish(): Layout[] {
    const isWhole = this.#open.length === 0 && this.#at === this.source.length;
    if (!isWhole || (!this.#shows && this.source.trim() !== '')) {
      throw new Inexact();
    }
    return this.#roots;
  }

  #add(layout: Layout): void {
    (this.#open.at(-1)?.children ?? this.#roots).push(layout);
  }
}
