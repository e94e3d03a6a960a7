import type { Span } from '../../core/text/span';
import type { Reading } from '../../core/model/certainty';
import { CONFIDENCE_STEPS, type ConfidenceSteps } from '../../core/model/confidence';
import type { TokenView } from '../../protocol';
import { nextBlockStart } from '../markdown/blocks';
import { Block } from './block';
import { element } from './element';
import { TokenPlaces, type Piece } from './tokenPieces';

/** How a text is to be shown. */
export interface TextLook {
  isRaw: boolean;
  /** Whether no more text will come. */
  isComplete: boolean;
  /** Where the steps of confidence begin. */
  steps: ConfidenceSteps;
}

const PLAIN: TextLook = { isRaw: false, isComplete: false, steps: CONFIDENCE_STEPS };

/**
 * The text of a branch, block by block. Whatever its look, the text on the page is the text the model
 * wrote, to the character: marks of Markdown are there and not shown.
 */
export class TokenText {
  readonly element = element('div', 'text');
  #places = new TokenPlaces(CONFIDENCE_STEPS);
  #blocks: Block[] = [];
  /** The text of the last block. */
  #open = '';
  #look = PLAIN;
  /** Changes when pieces that were there before have been replaced. */
  #version = 0;

  constructor(id: string) {
    this.element.id = id;
    this.element.dir = 'auto';
  }

  /** How many tokens are on the page. */
  get count(): number {
    return this.#places.tokens.length;
  }

  /** UTF-16 code units on the page. */
  get length(): number {
    return this.#places.length;
  }

  /** Another number means that older ranges no longer hold. */
  get version(): number {
    return this.#version;
  }

  /**
   * Adds the tokens that are not on the page yet, at most `budget` of them.
   * @returns how many pieces were drawn
   */
  show(tokens: readonly TokenView[], look: TextLook, budget: number): number {
    const isSame = this.#places.follow(tokens);
    if (isSame === 'other' || look.isRaw !== this.#look.isRaw || look.steps !== this.#look.steps) {
      this.#clear(look.steps);
    } else if (isSame === 'read anew') {
      this.#blocks.forEach(({ pieces }) => pieces.forEach((piece) => this.#places.mark(piece)));
    }
    const added = tokens.slice(this.count, this.count + Math.max(0, budget));
    const isComplete = look.isComplete && this.count + added.length === tokens.length;
    const ends = isComplete && !this.#look.isComplete;
    this.#look = { ...look, isComplete };
    if (added.length === 0 && !(ends && this.#blocks.length > 0)) {
      return 0;
    }
    for (const token of added) {
      this.#places.add(token);
      this.#open += token.text;
    }
    return this.#draw();
  }

  /** How a token is read. */
  reading(index: number): Reading {
    return this.#places.reading(index);
  }

  /** What shows a token: the longest piece of it that can be seen first. */
  pieces(index: number): HTMLElement[] {
    const start = this.#places.start(index);
    const found = this.#blocks
      .filter((block) => block.start <= this.#places.start(index + 1) && start <= block.end)
      .flatMap(({ pieces }) => pieces.filter(({ token }) => token === index))
      .map((piece) => piece.element);
    const weight = (piece: HTMLElement) =>
      piece.classList.contains('md-mark') ? -1 : piece.textContent.length;
    return found.sort((a, b) => weight(b) - weight(a));
  }

  /** The token that a node belongs to, or null. */
  indexOf(target: Node): number | null {
    const block = this.#blocks.find((each) => each.element.contains(target));
    const piece = block?.pieces.find((each) => each.element.contains(target));
    return piece?.token ?? null;
  }

  /** Where a stretch of the text is on the page; null when nothing of it is there. */
  range({ start, end }: Span): Range | null {
    const pieces = this.#blocks
      .filter((block) => block.start < end && start < block.end)
      .flatMap((block) => block.pieces);
    const inside = pieces.filter(
      ({ start: from, element: at }) => from < end && from + at.textContent.length > start,
    );
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) {
      return null;
    }
    const range = document.createRange();
    range.setStart(...pointIn(first, start));
    range.setEnd(...pointIn(last, end));
    return range;
  }

  #draw(): number {
    const { isRaw, isComplete } = this.#look;
    let drawn = 0;
    for (;;) {
      const cut = isRaw ? -1 : nextBlockStart(this.#open, isComplete);
      const text = cut === -1 ? this.#open : this.#open.slice(0, cut);
      const result = this.#lastBlock().show(text, cut !== -1 || isComplete);
      drawn += result.drawn;
      this.#version += result.isRedrawn ? 1 : 0;
      if (cut === -1) {
        return drawn;
      }
      this.#open = this.#open.slice(cut);
      this.#addBlock();
    }
  }

  #lastBlock(): Block {
    return this.#blocks.at(-1) ?? this.#addBlock();
  }

  #addBlock(): Block {
    const before = this.#blocks.at(-1);
    const spacing = this.#look.isRaw ? 'visible' : 'plain';
    const block = new Block(this.#places, before?.end ?? 0, before?.next ?? 0, spacing);
    this.#blocks.push(block);
    this.element.append(block.element);
    return block;
  }

  #clear(steps: ConfidenceSteps): void {
    this.element.replaceChildren();
    this.#places = new TokenPlaces(steps);
    this.#blocks = [];
    this.#open = '';
    this.#version += 1;
    this.#look = PLAIN;
  }
}

/** A place in the page for a place in the text. */
function pointIn(piece: Piece, at: number): [Node, number] {
  const node = piece.element.firstChild;
  const isOneText = node instanceof Text && piece.element.childNodes.length === 1;
  const offset = Math.max(0, Math.min(at - piece.start, piece.element.textContent.length));
  return isOneText
    ? [node, offset]
    : [piece.element, offset === 0 ? 0 : piece.element.childNodes.length];
}
