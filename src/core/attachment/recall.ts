import type { Attachment } from '../tree/node';
import { carry, type Attachments } from './stretch';
import type { Run } from './step';
import { isTelling } from './weight';

/**
 * What was attached in a removed run, for the same text put in again. White space around it may differ:
 * cut and paste of the last line trades the line break before it for one behind it.
 * @returns offsets in `inserted`; undefined when no run has this text.
 */
export function recall(inserted: string, runs: Iterable<Run>): Attachments | undefined {
  const core = inserted.trim();
  if (core === '') {
    return undefined;
  }
  const lead = leadOf(inserted);
  for (const { text, attachments } of runs) {
    if (text === inserted) {
      return attachments;
    }
    const start = leadOf(text);
    if (text.startsWith(core, start) && text.trimEnd().length === start + core.length) {
      const out: Attachment[] = [];
      carry(out, attachments, { start, end: start + core.length }, lead - start);
      return out;
    }
  }
  return undefined;
}

function leadOf(text: string): number {
  return text.length - text.trimStart().length;
}

/**
 * What was attached in lines of the removed runs that stand in `inserted` too, whole and telling: lines
 * that were sorted or moved. Offsets in `inserted`.
 */
export function recallLines(inserted: string, runs: Iterable<Run>): Attachments {
  const places = new Map<string, { run: Run; start: number }>();
  for (const run of runs) {
    for (const line of linesOf(run.text)) {
      if (!places.has(line.text) && isTelling(line.text)) {
        places.set(line.text, { run, start: line.start });
      }
    }
  }
  const out: Attachment[] = [];
  if (places.size > 0) {
    for (const { text, start } of linesOf(inserted)) {
      const place = places.get(text);
      if (place !== undefined) {
        const span = { start: place.start, end: place.start + text.length };
        carry(out, place.run.attachments, span, start - place.start);
      }
    }
  }
  return out;
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
