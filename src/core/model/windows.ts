import type { Span } from '../text/span';
import type { Run, Token } from './token';

/** A stretch of a text that is scored in one piece. */
export interface Window extends Span {
  /** Tokens before this offset are there for their context only; UTF-16, start ≤ from ≤ end. */
  from: number;
}

/** Sizes of windows in UTF-16 code units. */
export interface WindowSize {
  /** The longest window. */
  size: number;
  /** How much of a window is context; less than `size`. */
  context: number;
}

/** So many tokens at the end of a window wait for the next one, which may part the text elsewhere. */
const HELD = 24;

/** The window that goes on at `from`; it begins between words. */
export function windowAt(text: string, from: number, end: number, sizes: WindowSize): Window {
  const { size, context } = sizes;
  const start = wordBorder(text, Math.max(0, from - context), from);
  const most = Math.min(end, from + size - context);
  const cut = most < end ? wordBorderBefore(text, from, most) : most;
  return { start, from, end: cut };
}

/**
 * Joins the tokens of windows that overlap, in order: a later window goes on where one of its tokens
 * begins at the end of one before. Where they never agree, the text between is a `gap`.
 */
export class WindowJoiner {
  #held: Token[] = [];
  #end: number;
  #isFirst = true;

  /** @param start where the text to be scored begins; a token that reaches over it counts */
  constructor(start: number) {
    this.#end = start;
  }

  /** Where the next window has to go on. */
  get end(): number {
    return this.#end;
  }

  /** @returns the tokens that are sure now */
  add(tokens: readonly Token[]): Token[] {
    const all = this.#isFirst ? this.#begun(tokens) : this.#joined(tokens);
    this.#isFirst = false;
    this.#end = all.at(-1)?.end ?? this.#end;
    this.#held = all.slice(-HELD);
    return all.slice(0, -HELD);
  }

  /** What still waits. */
  rest(): Token[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #begun(tokens: readonly Token[]): readonly Token[] {
    const first = tokens.findIndex(({ end }) => end > this.#end);
    return first < 0 ? [] : tokens.slice(first);
  }

  #joined(tokens: readonly Token[]): readonly Token[] {
    const starts = new Map(tokens.map(({ start }, i) => [start, i]));
    let at = this.#held.length;
    let join = starts.get(this.#end);
    while (join === undefined && at > 0) {
      at -= 1;
      join = starts.get(this.#held[at]?.start ?? -1);
    }
    if (join !== undefined) {
      return [...this.#held.slice(0, at), ...tokens.slice(join)];
    }
    const rest = tokens.slice(tokens.findLastIndex(({ start }) => start < this.#end) + 1);
    const next = rest[0]?.start ?? this.#end;
    return [...this.#held, ...(next > this.#end ? [gap(this.#end, next)] : []), ...rest];
  }
}

/** Text that no token covers. */
export function gap(start: number, end: number): Token {
  return { start, end, logprob: null, missing: 'gap', alternatives: [], tail: null };
}

/** Where the word that reaches over a place ends. */
export function wordEnd(text: string, at: number): number {
  const isInside = /\S/u.test(text.charAt(at - 1)) && /\S/u.test(text.charAt(at));
  const rest = isInside ? text.slice(at, at + LONGEST_WORD).search(/\s/u) : 0;
  return rest < 0 ? whole(text, Math.min(text.length, at + LONGEST_WORD)) : at + rest;
}

const LONGEST_WORD = 400;

/** The first border of a word from `at` on; `at` itself where none comes in time. */
function wordBorder(text: string, at: number, limit: number): number {
  if (at === 0) {
    return 0;
  }
  const space = text.slice(at, limit).search(/(?<=\S)\s/u);
  return space < 0 ? whole(text, at) : at + space;
}

/** The last border of a word before `at`. */
function wordBorderBefore(text: string, from: number, at: number): number {
  for (let i = at; i > Math.max(from + 1, at - LONGEST_WORD); i--) {
    if (/\s/u.test(text.charAt(i)) && !/\s/u.test(text.charAt(i - 1))) {
      return i;
    }
  }
  const end = whole(text, at);
  return end > from ? end : at;
}

/** No place inside a surrogate pair. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

/** Of a run the tokens that reach into a span. */
export function within(run: Run, { start, end }: Span): Run {
  return { ...run, tokens: run.tokens.filter((t) => t.end > start && t.start < end) };
}
