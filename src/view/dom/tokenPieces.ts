import { readToken, type Reading } from '../../core/model/certainty';
import type { ConfidenceSteps } from '../../core/model/confidence';
import type { TokenView } from '../../protocol';
import type { Leaf } from '../markdown/layout';
import { element } from './element';

/** A stretch of one token on the page. White space before a word is on the page too, but in no piece. */
export interface Piece {
  element: HTMLElement;
  /** The token's place in its branch. */
  token: number;
  /** Where its text begins in the branch's. */
  start: number;
  /** Whether it wears its token's marks; signs of Markdown and white space do not. */
  isMarked: boolean;
}

/** The tokens of a branch with their places in its text. */
export class TokenPlaces {
  readonly tokens: TokenView[] = [];
  /** Where each token begins, and at last where the text ends; UTF-16 code units. */
  readonly starts: number[] = [0];
  #followed: readonly TokenView[] | undefined;

  constructor(private readonly steps: ConfidenceSteps) {}

  get length(): number {
    return this.starts.at(-1) ?? 0;
  }

  add(token: TokenView): void {
    this.starts.push(this.length + token.text.length);
    this.tokens.push(token);
  }

  start(index: number): number {
    return this.starts[index] ?? this.length;
  }

  /** How a token is read: its step, and what that means there. */
  reading(index: number): Reading {
    const token = this.tokens[index];
    if (token === undefined) {
      return { step: 'plain', certainty: null };
    }
    const { text, logprob, bits = null } = token;
    // Whether it goes on with a word is told by the one character before it.
    const before = this.#before(index);
    const span = { start: before.length, end: before.length + text.length };
    return readToken(before + text, { ...span, logprob }, bits, this.steps);
  }

  /**
   * Takes the tokens as they are now.
   * @returns whether they are those that were there (so far), with what is known of their places added, or others
   */
  follow(tokens: readonly TokenView[]): 'same' | 'read anew' | 'other' {
    const last = this.tokens.length - 1;
    if (last < 0 || tokens === this.#followed) {
      return 'same';
    }
    this.#followed = tokens;
    let isSame = true;
    for (const [i, own] of this.tokens.entries()) {
      const token = tokens[i];
      if (token !== own) {
        if (
          token?.text !== own.text ||
          token.logprob !== own.logprob ||
          token.missing !== own.missing
        ) {
          return 'other';
        }
        this.tokens[i] = token;
        isSame = false;
      }
    }
    return isSame ? 'same' : 'read anew';
  }

  /** Gives a piece the marks of its token. */
  mark({ element: piece, token, isMarked }: Piece): void {
    if (isMarked) {
      const { step, certainty } = this.reading(token);
      piece.classList.remove(...MARKS);
      // A frame around a line break would stand in the margin.
      const isFramed = certainty !== 'stuck' || piece.textContent.trim() !== '';
      piece.classList.add(
        ...(step === 'plain' ? [] : [step]),
        ...(certainty && isFramed ? [certainty] : []),
      );
    }
  }

  #before(index: number): string {
    for (let i = index - 1; i >= 0; i--) {
      const text = this.tokens[i]?.text ?? '';
      if (text !== '') {
        return text.slice(-1);
      }
    }
    return '';
  }
}

const MARKS = ['low', 'sure', 'surer', 'surest', 'given', 'stuck'];

/** Whether white space shows as itself or as signs. */
export type Spacing = 'plain' | 'visible';

/** Puts tokens on the page from left to right. */
export class PieceWriter {
  readonly pieces: Piece[] = [];

  /** @param next the token that comes next */
  constructor(
    private readonly places: TokenPlaces,
    private readonly spacing: Spacing,
    public next: number,
  ) {}

  /** Adds the text from `start` to `end`, offsets in the branch's text, to an element. */
  write(parent: Node, start: number, end: number, kind: Leaf['kind']): void {
    let at = start;
    while (at < end) {
      this.#empties(parent, at);
      const stop = Math.min(end, this.places.start(this.next + 1));
      this.#piece(parent, at, stop, kind);
      at = stop;
      if (stop === this.places.start(this.next + 1)) {
        this.next += 1;
      }
    }
  }

  /** Adds tokens without text that stand here. */
  empties(parent: Node): void {
    this.#empties(parent, this.places.start(this.next));
  }

  #empties(parent: Node, at: number): void {
    while (this.next < this.places.tokens.length && this.places.start(this.next + 1) <= at) {
      this.#span(parent, '', at, false);
      this.next += 1;
    }
  }

  #piece(parent: Node, start: number, end: number, kind: Leaf['kind']): void {
    const token = this.places.tokens[this.next];
    const from = this.places.start(this.next);
    const text = token?.text.slice(start - from, end - from) ?? '';
    if (kind === 'mark') {
      this.#span(parent, text, start, false).classList.add('md-mark');
      return;
    }
    const word = text.trimStart();
    const isWhole = text.length === token?.text.length;
    // A token of nothing but white space has no other place for its popup.
    const lead = word === '' && isWhole ? 0 : text.length - word.length;
    if (lead > 0) {
      this.#lead(parent, text.slice(0, lead), start);
    }
    if (lead < text.length) {
      this.#span(parent, text.slice(lead), start + lead, true);
    }
  }

  /** White space before a word; one space before all the text is there, but takes no room. */
  #lead(parent: Node, text: string, start: number): void {
    if (start === 0 && text === ' ' && this.spacing === 'plain') {
      parent.appendChild(element('i', 'lead', text));
    } else {
      this.#fill(parent, text);
    }
  }

  #span(parent: Node, text: string, start: number, isMarked: boolean): HTMLElement {
    const span = element('span');
    this.#fill(span, text);
    parent.appendChild(span);
    const piece = { element: span, token: this.next, start, isMarked };
    this.places.mark(piece);
    this.pieces.push(piece);
    return span;
  }

  #fill(parent: Node, text: string): void {
    if (this.spacing === 'plain' || !/[ \t\n\u00a0]/.test(text)) {
      parent.appendChild(document.createTextNode(text));
      return;
    }
    for (const part of text.match(/[ \t\n\u00a0]|[^ \t\n\u00a0]+/g) ?? []) {
      const sign = SIGNS[part];
      parent.appendChild(sign ? element('i', sign, part) : document.createTextNode(part));
    }
  }
}

/** Classes whose look draws a sign over the white space: the text itself stays what it is. */
const SIGNS: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\u00a0': 'hard-space',
  '\t': 'tab',
  '\n': 'line-end',
};
