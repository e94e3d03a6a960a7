import { confidenceStep } from '../../core/model/confidence';
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
}

/** The tokens of a branch with their places in its text. */
export class TokenPlaces {
  readonly tokens: TokenView[] = [];
  /** Where each token begins, and at last where the text ends; UTF-16 code units. */
  readonly starts: number[] = [0];

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
}

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
      this.#span(parent, '', at, '');
      this.next += 1;
    }
  }

  #piece(parent: Node, start: number, end: number, kind: Leaf['kind']): void {
    const token = this.places.tokens[this.next];
    const from = this.places.start(this.next);
    const text = token?.text.slice(start - from, end - from) ?? '';
    if (kind === 'mark') {
      this.#span(parent, text, start, 'md-mark');
      return;
    }
    const step = confidenceStep(token?.logprob ?? null);
    const word = text.trimStart();
    const isWhole = text.length === token?.text.length;
    // A token of nothing but white space has no other place for its popup.
    const lead = word === '' && isWhole ? 0 : text.length - word.length;
    if (lead > 0) {
      this.#lead(parent, text.slice(0, lead), start);
    }
    if (lead < text.length) {
      this.#span(parent, text.slice(lead), start + lead, step === 'plain' ? '' : step);
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

  #span(parent: Node, text: string, start: number, className: string): void {
    const span = element('span', className);
    this.#fill(span, text);
    parent.appendChild(span);
    this.pieces.push({ element: span, token: this.next, start });
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
