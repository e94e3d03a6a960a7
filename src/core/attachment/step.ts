import type { Span } from '../text/span';
import type { Attachment } from '../tree/node';
import { append, carry, clip, cut, firstEndingAfter, type Attachments } from './stretch';
import { swapTyped, typedInside, type Typed } from './typed';
import { detachedSlice } from './utf16';

/** What is known of where a text came from; offsets are relative to it. */
export interface Marks {
  readonly attachments: Attachments;
  /** What the writer typed; nowhere attached too. */
  readonly typed: Typed;
}

/** A text and what is known of it. */
export interface Run extends Marks {
  readonly text: string;
}

/** The text of `[start, end)` gives way to a run. */
export interface Swap extends Span {
  run: Run;
}

/** Swaps of one event, all relative to the same text; ascending, disjoint. */
export type Step = readonly Swap[];

/** The text inside a span with what is known of it, relative to the span. */
export function runAt({ text, attachments, typed }: Run, span: Span): Run {
  return {
    text: detachedSlice(text, span.start, span.end),
    attachments: cut(attachments, span, -span.start),
    typed: typedInside(typed, span),
  };
}

/** Takes a step, and says how to take it back: going back restores text and marks exactly. */
export function take(run: Run, step: Step): { run: Run; inverse: Step } {
  const { text, attachments } = run;
  const first = step[0];
  if (first === undefined) {
    return { run, inverse: [] };
  }
  const out: Attachment[] = attachments.slice(0, firstEndingAfter(attachments, first.start));
  const inverse: Swap[] = [];
  let done = out.at(-1)?.end ?? 0;
  let shift = 0;
  const texts = [text.slice(0, done)];
  for (const swap of step) {
    texts.push(text.slice(done, swap.start), swap.run.text);
    carry(out, attachments, { start: done, end: swap.start }, shift);
    const start = swap.start + shift;
    for (const piece of swap.run.attachments) {
      append(out, clip(piece, { start: 0, end: swap.run.text.length }, start));
    }
    inverse.push({ start, end: start + swap.run.text.length, run: runAt(run, swap) });
    shift = start + swap.run.text.length - swap.end;
    done = swap.end;
  }
  texts.push(text.slice(done));
  carry(out, attachments, { start: done, end: text.length }, shift);
  const typed = swapTyped(
    run.typed,
    step.map(({ start, end, run: put }) => ({
      start,
      end,
      length: put.text.length,
      typed: put.typed,
    })),
  );
  return { run: { text: texts.join(''), attachments: out, typed }, inverse };
}

/** The same step for a text that begins `shift` later. */
export function movedStep(step: Step, shift: number): Step {
  return step.map(({ start, end, run }) => ({ start: start + shift, end: end + shift, run }));
}
