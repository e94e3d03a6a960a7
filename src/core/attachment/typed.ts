import type { Span } from '../text/span';

/**
 * Where typed text begins and ends in turn, as offsets: strictly ascending, of even length. Stretches
 * that touch are one, so two borders are never equal. Never written to once made.
 */
export type Typed = Uint32Array;

/** No typed text. */
export const NONE_TYPED: Typed = new Uint32Array(0);

/** Borders from spans, which may come in any order, touch, overlap or be empty. */
export function typedOf(spans: readonly Span[]): Typed {
  const out = new Borders(spans.length * 2);
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    out.add(Math.max(start, out.end), end);
  }
  return out.take();
}

/** The typed stretches inside a span, in order. */
export function* typedSpans(typed: Typed, span: Span): Generator<Span> {
  for (let i = firstPair(typed, span.start); i < typed.length; i += 2) {
    const start = Math.max(typed[i] ?? 0, span.start);
    const end = Math.min(typed[i + 1] ?? 0, span.end);
    if (start >= span.end) {
      return;
    }
    yield { start, end };
  }
}

/** What is typed inside a span, in offsets from its start. */
export function typedInside(typed: Typed, span: Span): Typed {
  const out = new Borders(2 * pairsWithin(typed, span));
  copy(out, typed, span, -span.start);
  return out.take();
}

/** Whether anything inside a span is typed. */
export function someTyped(typed: Typed, span: Span): boolean {
  return pairsWithin(typed, span) > 0;
}

/** Whether a span is not empty and typed from end to end. */
export function allTyped(typed: Typed, { start, end }: Span): boolean {
  const pair = firstPair(typed, start);
  return start < end && (typed[pair] ?? end) <= start && (typed[pair + 1] ?? start) >= end;
}

/** A span whose text gives way to `length` units, of which those in `typed` are typed. */
export interface TypedSwap extends Span {
  length: number;
  typed: Typed;
}

/**
 * The borders after swaps.
 * @param swaps all relative to the text before; ascending, disjoint.
 */
export function swapTyped(typed: Typed, swaps: readonly TypedSwap[]): Typed {
  const most = swaps.reduce((sum, swap) => sum + swap.typed.length + 2, typed.length);
  const out = new Borders(most);
  let done = 0;
  let shift = 0;
  for (const { start, end, length, typed: put } of swaps) {
    copy(out, typed, { start: done, end: start }, shift);
    copy(out, put, { start: 0, end: length }, start + shift);
    shift += length - (end - start);
    done = end;
  }
  copy(out, typed, { start: done, end: Infinity }, shift);
  return out.take();
}

/** What either says is typed. */
export function bothTyped(a: Typed, b: Typed, length: number): Typed {
  const whole = { start: 0, end: length };
  return typedOf([...typedSpans(a, whole), ...typedSpans(b, whole)]);
}

/** What is typed and not in one of the spans, which are ascending and disjoint. */
export function typedOutside(typed: Typed, spans: readonly Span[]): Typed {
  const gone = spans.map(({ start, end }) => ({
    start,
    end,
    length: end - start,
    typed: NONE_TYPED,
  }));
  return swapTyped(typed, gone);
}

/** Borders being put together, in order. */
class Borders {
  private readonly list: Uint32Array;
  private used = 0;

  constructor(most: number) {
    this.list = new Uint32Array(most);
  }

  /** Where the last stretch ends. */
  get end(): number {
    return this.list[this.used - 1] ?? 0;
  }

  add(start: number, end: number): void {
    if (start >= end) {
      return;
    }
    if (this.used > 0 && this.list[this.used - 1] === start) {
      this.list[this.used - 1] = end;
    } else {
      this.list[this.used++] = start;
      this.list[this.used++] = end;
    }
  }

  take(): Typed {
    if (this.used === this.list.length) {
      return this.list;
    }
    return this.used === 0 ? NONE_TYPED : this.list.slice(0, this.used);
  }
}

function copy(out: Borders, typed: Typed, span: Span, shift: number): void {
  for (let i = firstPair(typed, span.start); i < typed.length; i += 2) {
    const start = typed[i] ?? 0;
    if (start >= span.end) {
      return;
    }
    const end = typed[i + 1] ?? 0;
    out.add(Math.max(start, span.start) + shift, Math.min(end, span.end) + shift);
  }
}

function pairsWithin(typed: Typed, span: Span): number {
  if (span.start >= span.end) {
    return 0;
  }
  const first = firstPair(typed, span.start);
  let last = firstPair(typed, span.end);
  if ((typed[last] ?? Infinity) < span.end) {
    last += 2;
  }
  return (last - first) / 2;
}

/** Index of the first stretch that ends after `offset`. */
function firstPair(typed: Typed, offset: number): number {
  let low = 0;
  let high = typed.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((typed[2 * middle + 1] ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 2 * low;
}
