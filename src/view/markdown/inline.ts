import { Inexact, type BoxKind, type LayoutBuilder } from './layout';
import type { ParsedToken } from './parser';

/** Where each line of inline content stands in the source. */
export interface LineStart {
  content: number;
  source: number;
}

const BOXES: Readonly<Record<string, BoxKind>> = {
  em: 'emphasis',
  strong: 'strong',
  s: 'struck',
};

/**
 * Sets inline content: follows the parsed tokens through it character by character.
 * @throws Inexact when they do not spell it
 */
export function layInline(
  builder: LayoutBuilder,
  content: string,
  lines: readonly LineStart[],
  tokens: readonly ParsedToken[],
): void {
  const walk = new InlineWalk(builder, content, lines);
  tokens.forEach((token) => walk.token(token));
  walk.end();
}

class InlineWalk {
  #at = 0;
  #line = 0;

  constructor(
    private readonly builder: LayoutBuilder,
    private readonly content: string,
    private readonly lines: readonly LineStart[],
  ) {}

  token(token: ParsedToken): void {
    const { type, content, markup, tag } = token;
    if (type === 'text') {
      this.#take('text', content);
    } else if (type === 'text_special') {
      this.#take('mark', '\\');
      this.#take('text', content);
    } else if (type === 'softbreak' || type === 'hardbreak') {
      this.#lineBreak();
    } else if (type === 'code_inline') {
      this.#code(content, markup);
    } else if (token.nesting === 1 && BOXES[tag]) {
      this.builder.open(BOXES[tag]);
      this.#take('mark', markup);
    } else if (token.nesting === -1 && BOXES[tag]) {
      this.#take('mark', markup);
      this.builder.close();
    } else {
      throw new Inexact();
    }
  }

  /** Nothing but spaces may be left. */
  end(): void {
    const rest = this.content.slice(this.#at);
    if (rest.trim() !== '') {
      throw new Inexact();
    }
    this.#advance('text', rest.length);
  }

  /** Spaces around a line end are part of the look: verse is indented. */
  #lineBreak(): void {
    const found = /^(?:\\|[ \t]*)\n[ \t]*/.exec(this.content.slice(this.#at))?.[0];
    if (found === undefined) {
      throw new Inexact();
    }
    const slash = found.startsWith('\\') ? 1 : 0;
    this.#advance('mark', slash);
    this.#advance('text', found.length - slash);
  }

  #code(content: string, markup: string): void {
    this.builder.open('code');
    this.#take('mark', markup);
    const inner = this.content.indexOf(markup, this.#at + content.length) - this.#at;
    const raw = this.content.slice(this.#at, this.#at + inner).replaceAll('\n', ' ');
    const isPadded = raw.length === content.length + 2;
    if (raw !== (isPadded ? ` ${content} ` : content)) {
      throw new Inexact();
    }
    this.#advance('text', inner);
    this.#take('mark', markup);
    this.builder.close();
  }

  #take(kind: 'text' | 'mark', text: string): void {
    if (!this.content.startsWith(text, this.#at)) {
      throw new Inexact();
    }
    this.#advance(kind, text.length);
  }

  /** Goes on by so many characters of content; what stands before its further lines is a mark. */
  #advance(kind: 'text' | 'mark', length: number): void {
    const end = this.#at + length;
    for (;;) {
      const line = this.lines[this.#line];
      const next = this.lines[this.#line + 1];
      if (line === undefined) {
        throw new Inexact();
      }
      const stop = Math.min(end, next?.content ?? end);
      this.builder.leaf(kind, line.source + stop - line.content);
      this.#at = stop;
      if (next === undefined || stop < next.content) {
        return;
      }
      this.builder.leaf('mark', next.source);
      this.#line += 1;
      if (stop === end) {
        return;
      }
    }
  }
}
