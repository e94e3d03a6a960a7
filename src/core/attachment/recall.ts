import type { Attachment } from '../tree/node';
import type { Marks, Run } from './step';
import { carry } from './stretch';
import { NONE_TYPED, swapTyped, typedInside, type TypedSwap } from './typed';
import { isTelling } from './weight';

/**
 * What was known of a removed run, for the same text put in again. White space around it may differ:
 * cut and paste of the last line trades the line break before it for one behind it.
 * @returns offsets in `inserted`; undefined when no run has this text.
 */
export function recall(inserted: string, runs: Iterable<Run>): Marks | undefined {
  const core = inserted.trim();
  if (core === '') {
    return undefined;
  }
  const lead = leadOf(inserted);
  for (const run of runs) {
    const { text, attachments } = run;
    if (text === inserted) {
      return run;
    }
    const start = leadOf(text);
    if (text.startsWith(core, start) && text.trimEnd().length === start + core.length) {
      const span = { start, end: start + core.length };
      const out: Attachment[] = [];
      carry(out, attachments, span, lead - start);
      const typed = typedInside(run.typed, span);
      const put = { start: lead, end: lead, length: core.length, typed };
      return { attachments: out, typed: swapTyped(NONE_TYPED, [put]) };
    }
  }
  return undefined;
}

function leadOf(text: string): number {
  return text.length - text.trimStart().length;
}

/**
 * What was known of lines of the removed runs that stand in `inserted` too, whole and telling: lines
 * that were sorted or moved. Offsets in `inserted`.
 */
export function recallLines(inserted: string, runs: Iterable<Run>): Marks {
  const places = new Map<string, { run: Run; start: number }>();
  for (const run of runs) {
    for (const line of linesOf(run.text)) {
      if (!places.has(line.text) && isTelling(line.text)) {
        places.set(line.text, { run, start: line.start });
      }
    }
  }
  const out: Attachment[] = [];
  const typed: TypedSwap[] = [];
  if (places.size > 0) {
    for (const { text, start } of linesOf(inserted)) {
      const place = places.get(text);
      if (place !== undefined) {
        const span = { start: place.start, end: place.start + text.length };
        carry(out, place.run.attachments, span, start - place.start);
        const end = start + text.length;
        typed.push({ start, end, length: text.length, typed: typedInside(place.run.typed, span) });
      }
    }
  }
  return { attachments: out, typed: swapTyped(NONE_TYPED, typed) };
}

/** The lines of a text without their breaks. */
export function linesOf(text: string): { text: string; start: number }[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line, start };
    start += line.length + 1;
    return found;
  });
}
