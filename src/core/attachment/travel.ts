import type { Span } from '../text/span';
import type { Change } from './change';
import { movedStep, take, type Run, type Step } from './step';

/** A stretch of the text and what it becomes. */
interface Patch extends Span {
  text: string;
}

/** How much text may be looked at to recognise one undo, in UTF-16 units. */
const PATIENCE = 20_000_000;

/**
 * How many of `steps`, newest first, have to be taken to reach the text that `changes` lead to, and the
 * span they change on the way. An editor undoes several events in one; how it groups them is not known,
 * so the fewest steps that give exactly the new text count. Undefined when none do.
 */
export function stepsTo(
  text: string,
  steps: readonly Step[],
  changes: readonly Change[],
  reason: 'undo' | 'redo',
): { count: number; span: Span } | undefined {
  const first = changes[0];
  if (first === undefined) {
    return undefined;
  }
  const goal = grown({ start: first.start, end: first.start, text: '' }, text, changes);
  let patch: Patch | undefined;
  let found: { count: number; span: Span } | undefined;
  let work = 0;
  for (let count = 1; count <= steps.length && work < PATIENCE; count++) {
    const step = asChanges(steps[steps.length - count] ?? []);
    const at = step[0]?.start ?? 0;
    patch = grown(patch ?? { start: at, end: at, text: '' }, text, step);
    work += patch.text.length + patch.end - patch.start;
    if (isSame(patch, goal, text)) {
      found = { count, span: { start: patch.start, end: patch.end } };
    } else if (found !== undefined) {
      break;
    }
    // What was placed right after the text came back is to come back with it; undo stops after placing.
    if (found !== undefined && reason === 'undo') {
      break;
    }
  }
  return found;
}

function asChanges(step: Step): Change[] {
  return step.map(({ start, end, run }) => ({ start, end, text: run.text }));
}

/** The patch followed by changes to the text it leads to. */
function grown(patch: Patch, text: string, changes: readonly Change[]): Patch {
  const start = Math.min(patch.start, changes[0]?.start ?? patch.start);
  const reach = (changes.at(-1)?.end ?? 0) - (patch.start + patch.text.length);
  const end = patch.end + Math.max(0, reach);
  const inside = text.slice(start, patch.start) + patch.text + text.slice(patch.end, end);
  const parts: string[] = [];
  let done = 0;
  for (const change of changes) {
    parts.push(inside.slice(done, change.start - start), change.text);
    done = change.end - start;
  }
  parts.push(inside.slice(done));
  return { start, end, text: parts.join('') };
}

function isSame(a: Patch, b: Patch, text: string): boolean {
  if (a.text.length - (a.end - a.start) !== b.text.length - (b.end - b.start)) {
    return false;
  }
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  const whole = (p: Patch) => text.slice(start, p.start) + p.text + text.slice(p.end, end);
  return whole(a) === whole(b);
}

/**
 * Takes the newest `count` of `steps`, which stay inside `span` of the text, in one go.
 * @returns the run that takes the span's place and the steps back, in the order they are to be remembered.
 */
export function rewind(
  inside: Run,
  steps: readonly Step[],
  count: number,
  span: Span,
): { run: Run; back: Step[] } {
  const back: Step[] = [];
  let run = inside;
  for (let i = 1; i <= count; i++) {
    const taken = take(run, movedStep(steps[steps.length - i] ?? [], -span.start));
    run = taken.run;
    back.push(movedStep(taken.inverse, span.start));
  }
  return { run, back };
}
