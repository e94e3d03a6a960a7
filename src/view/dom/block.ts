import { mayHaveMarkup } from '../markdown/blocks';
import { layBlock } from '../markdown/layBlock';
import { isLeaf, type BoxKind, type Layout } from '../markdown/layout';
import { createParser, type Parse } from '../markdown/parser';
import { element } from './element';
import { PieceWriter, type Piece, type Spacing, type TokenPlaces } from './tokenPieces';

const TAGS: Readonly<Record<BoxKind, keyof HTMLElementTagNameMap>> = {
  paragraph: 'div',
  heading: 'div',
  quote: 'div',
  list: 'div',
  item: 'div',
  rule: 'div',
  fence: 'div',
  emphasis: 'em',
  strong: 'strong',
  struck: 's',
  code: 'code',
};

/** An open block longer than this is set only when it is finished. */
const LONG = 3000;

/** One block of a branch's text on the page. */
export class Block {
  readonly element = element('div', 'block');
  #text = '';
  #writer: PieceWriter;
  /** Whether what is drawn holds no Markdown, so that more can be added to it. */
  #isPlain = true;

  /**
   * @param start where it begins in the branch's text
   * @param first the token it begins with, or in
   */
  constructor(
    private readonly places: TokenPlaces,
    readonly start: number,
    private readonly first: number,
    private readonly spacing: Spacing,
  ) {
    this.#writer = new PieceWriter(places, spacing, first);
  }

  get pieces(): readonly Piece[] {
    return this.#writer.pieces;
  }

  get end(): number {
    return this.start + this.#text.length;
  }

  /** The token after its last. */
  get next(): number {
    return this.#writer.next;
  }

  /**
   * Draws its text, which begins with the text before.
   * @param isFinal whether no more will come
   * @returns the pieces drawn, and whether older ones were replaced
   */
  show(text: string, isFinal: boolean): { drawn: number; isRedrawn: boolean } {
    const isRaw = this.spacing === 'visible';
    const isPlain = isRaw || !mayHaveMarkup(text) || (!isFinal && text.length > LONG);
    // A line that has only just begun may turn out to belong to the next block.
    const isLonger = text.length >= this.#text.length;
    if (this.#isPlain && isPlain && isLonger) {
      return this.#append(this.element, text);
    }
    if (!this.#isPlain && !isPlain && isLonger && changesNothing(this.#text, text)) {
      return this.#append(lastBox(this.element), text);
    }
    return this.#redraw(text, isPlain);
  }

  #append(parent: Element, text: string): { drawn: number; isRedrawn: boolean } {
    const before = this.pieces.length;
    const fragment = document.createDocumentFragment();
    this.#writer.write(fragment, this.end, this.start + text.length, 'text');
    this.#writer.empties(fragment);
    parent.append(fragment);
    this.#text = text;
    return { drawn: this.pieces.length - before, isRedrawn: false };
  }

  #redraw(text: string, isPlain: boolean): { drawn: number; isRedrawn: boolean } {
    const isRedrawn = this.#text !== '';
    this.#text = text;
    this.#isPlain = isPlain;
    this.#writer = new PieceWriter(this.places, this.spacing, this.first);
    const whole = { kind: 'text', start: 0, end: text.length } as const;
    const fragment = document.createDocumentFragment();
    for (const layout of isPlain ? [whole] : layBlock(text, parse)) {
      this.#draw(fragment, layout);
    }
    this.#writer.empties(fragment);
    this.element.replaceChildren(fragment);
    return { drawn: this.pieces.length, isRedrawn };
  }

  #draw(parent: Node, layout: Layout): void {
    if (isLeaf(layout)) {
      const { start, end, kind } = layout;
      this.#writer.write(parent, this.start + start, this.start + end, kind);
      return;
    }
    const box = element(TAGS[layout.kind], `md-${layout.kind}`);
    layout.children.forEach((child) => this.#draw(box, child));
    parent.appendChild(box);
  }
}

/** After these, plain words change nothing about the marks before them. */
const SETTLED = /[\p{L},;:!?”“’"'—…]$|\p{L}\.$/u;

/** Whether text was added to Markdown that leaves the look of what was there as it is. */
function changesNothing(before: string, text: string): boolean {
  const added = text.slice(before.length);
  return added === '' || (SETTLED.test(before) && !/[*_`~\\\n]/.test(added));
}

/** The innermost box that holds the end of the text. */
function lastBox(root: Element): Element {
  const last = root.lastChild;
  return last instanceof HTMLDivElement ? lastBox(last) : root;
}

const parser = createParser();
const parse: Parse = (source, env) => parser.parse(source, env);
