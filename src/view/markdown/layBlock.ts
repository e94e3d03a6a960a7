import { layInline, type LineStart } from './inline';
import { Inexact, LayoutBuilder, type BoxKind, type Layout } from './layout';
import type { Parse, ParsedToken } from './parser';

const BOXES: Readonly<Record<string, BoxKind>> = {
  paragraph: 'paragraph',
  heading: 'heading',
  blockquote: 'quote',
  bullet_list: 'list',
  ordered_list: 'list',
  list_item: 'item',
};

/** What stands before the content of a line: quotes and headings hide theirs, lists show theirs. */
const PREFIX = /\n+|>[ \t]?|#{1,6}[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]*|[ \t]+/y;

/** How a block shows, with its source kept to the character; as plain text where that cannot be done. */
export function layBlock(source: string, parse: Parse): readonly Layout[] {
  try {
    const builder = new LayoutBuilder(source);
    const walk = new BlockWalk(builder);
    parse(source, {}).forEach((token) => walk.token(token));
    walk.end();
    return builder.finish();
  } catch (error) {
    if (!(error instanceof Inexact)) {
      throw error;
    }
    return [{ kind: 'text', start: 0, end: source.length }];
  }
}

class BlockWalk {
  readonly #lines: readonly number[];
  /** Boxes open around the place that show by standing in: their indentation is not shown twice. */
  #nested = 0;

  constructor(private readonly builder: LayoutBuilder) {
    this.#lines = lineStarts(builder.source);
  }

  token(token: ParsedToken): void {
    const kind = BOXES[token.type.replace(/_(?:open|close)$/, '')];
    if (token.type === 'inline') {
      this.#inline(token);
    } else if (token.type === 'fence' || token.type === 'hr') {
      this.#wholeLines(token.type === 'hr' ? 'rule' : 'fence', token);
    } else if (kind !== undefined && token.nesting !== 0) {
      this.#nested += kind === 'quote' || kind === 'list' ? token.nesting : 0;
      if (token.nesting === 1) {
        this.builder.open(kind);
      } else {
        this.builder.close();
      }
    } else {
      throw new Inexact();
    }
  }

  end(): void {
    this.#prefix(this.builder.source.length);
  }

  /** Whole lines in one box. */
  #wholeLines(kind: 'rule' | 'fence', { map }: ParsedToken): void {
    const [first, after] = map ?? [0, 0];
    const start = this.#lines[first];
    const { source } = this.builder;
    if (start === undefined) {
      throw new Inexact();
    }
    this.#prefix(Math.max(start, this.builder.at));
    this.builder.open(kind);
    this.builder.leaf('text', this.#lines[after] ?? source.length);
    this.#newlines();
    this.builder.close();
  }

  #inline({ map, content, children }: ParsedToken): void {
    const starts = this.#contentLines(content, map?.[0] ?? -1);
    const [first] = starts;
    if (first === undefined) {
      throw new Inexact();
    }
    this.#prefix(first.source);
    layInline(this.builder, content, starts, children ?? []);
    this.#closing();
    this.#newlines();
  }

  /** A heading may be closed by the mark it began with. */
  #closing(): void {
    const found = /^[ \t]+#+[ \t]*(?=\n|$)/.exec(this.builder.source.slice(this.builder.at))?.[0];
    if (found !== undefined) {
      this.builder.leaf('mark', this.builder.at + found.length);
    }
  }

  /** Line ends and blank lines show in the box that they end. */
  #newlines(): void {
    const { source, at } = this.builder;
    let end = at;
    for (let next = at; next < source.length && ' \t\n'.includes(source.charAt(next)); next += 1) {
      if (source[next] === '\n') {
        end = next + 1;
      }
    }
    this.builder.leaf('text', end);
  }

  #prefix(end: number): void {
    const { builder } = this;
    while (builder.at < end) {
      PREFIX.lastIndex = builder.at;
      const found = PREFIX.exec(builder.source)?.[0];
      if (found === undefined) {
        throw new Inexact();
      }
      const isIndent = found.trim() === '' && !found.includes('\n');
      const isMark = isIndent ? this.#nested > 0 : /^[>#]/.test(found);
      builder.leaf(isMark ? 'mark' : 'text', Math.min(end, builder.at + found.length));
    }
  }

  /** Finds each line of the content at the end of its line of source. */
  #contentLines(content: string, firstLine: number): LineStart[] {
    const { source } = this.builder;
    const starts: LineStart[] = [];
    let at = 0;
    content.split('\n').forEach((line, index) => {
      const start = this.#lines[firstLine + index];
      const next = this.#lines[firstLine + index + 1] ?? source.length + 1;
      if (start === undefined) {
        throw new Inexact();
      }
      const whole = source.slice(start, next - 1);
      const found = whole.lastIndexOf(line);
      const rest = whole.slice(found + line.length);
      if (found === -1 || !/^[ \t]*#*[ \t]*$/.test(rest)) {
        throw new Inexact();
      }
      starts.push({ content: at, source: start + found });
      at += line.length + 1;
    });
    return starts;
  }
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
