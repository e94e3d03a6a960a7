import type { Attachment } from '../tree/node';
import { normalise, type Change } from './change';
import {
  emptyLedger,
  LEDGER_LIMITS,
  markedRuns,
  remember,
  rememberPlace,
  removedRuns,
  travelled,
  type Ledger,
  type LedgerLimits,
  type Reason,
} from './ledger';
import { withLf } from '../text/lineEnds';
import { LineIndex } from './lineIndex';
import { recall, recallLines } from './recall';
import { refine } from './refine';
import { runAt, take, type Marks, type Run, type Step, type Swap } from './step';
import type { Attachments } from './stretch';
import { splitsPair } from './utf16';
import { rewind, stepsTo } from './travel';
import { bothTyped, NONE_TYPED, typedOutside, type Typed } from './typed';
import { typedBy, typedIn } from './typing';
import { isTelling } from './weight';

/** A document as attachment sees it. Immutable; all offsets are UTF-16 with LF line ends. */
export interface DocumentState {
  /** The whole text, line ends LF. */
  readonly text: string;
  /** Sorted, disjoint, not empty; each shows exactly the text of its node. */
  readonly attachments: Attachments;
  /** What the writer typed; nowhere attached too. */
  readonly typed: Typed;
  readonly lines: LineIndex;
  readonly ledger: Ledger;
}

/**
 * A document as it is opened.
 * @param text in any line ends.
 * @param attachments those found by `reanchor`, or none.
 * @param typed what is known to have been typed; what is attached is not.
 */
export function openDocument(
  text: string,
  attachments: Attachments = [],
  limits: LedgerLimits = LEDGER_LIMITS,
  typed: Typed = NONE_TYPED,
): DocumentState {
  const lf = withLf(text);
  return {
    text: lf,
    attachments,
    typed: typedOutside(typed, attachments),
    lines: LineIndex.of(lf),
    ledger: emptyLedger(limits),
  };
}

/** The document with more of it known to have been typed; what is attached was not. */
export function addTyped(state: DocumentState, typed: Typed): DocumentState {
  const both = bothTyped(state.typed, typed, state.text.length);
  return { ...state, typed: typedOutside(both, state.attachments) };
}

/**
 * The document after one event. What an edit does not touch stays what it was; what it removes is remembered
 * and marked again when undo, redo, a move or a paste brings it back.
 * @param changes all relative to the text before the event, in any order.
 * @returns the same state when the event changed nothing but line ends.
 * @throws RangeError when the changes overlap or lie outside the text: the editor merged several events
 *   into one, or an event was missed. `sync` with the editor's text then sets it right.
 */
export function applyChanges(
  state: DocumentState,
  changes: readonly Change[],
  reason: Reason,
): DocumentState {
  const normal = normalise(state.text, changes).filter(
    ({ start, end, text }) => state.text.slice(start, end) !== text,
  );
  if (normal.length === 0) {
    return state;
  }
  if (reason !== 'edit') {
    const travelled = travel(state, normal, reason);
    if (travelled !== undefined) {
      return travelled;
    }
  }
  const step = plan(state, normal, reason);
  const { run, inverse } = take(state, step);
  return {
    ...run,
    lines: state.lines.after(step),
    ledger: remember(state.ledger, inverse, reason),
  };
}

/** The document with the text it really has; the same state when it has it already. */
export function sync(state: DocumentState, text: string, reason: Reason = 'edit'): DocumentState {
  return applyChanges(state, [{ start: 0, end: state.text.length, text: withLf(text) }], reason);
}

/**
 * Attaches a stretch whose text the document shows already; what was attached there gives way.
 * @param nodeText the whole text of the stretch's node.
 * @returns the same state when the document does not show exactly that text there.
 */
export function place(state: DocumentState, stretch: Attachment, nodeText: string): DocumentState {
  const taken = taking(state, stretch, nodeText);
  if (taken === undefined) {
    return state;
  }
  const ledger = rememberPlace(state.ledger, taken.inverse);
  const { attachments, typed } = taken.run;
  return { ...state, attachments, typed, ledger };
}

/**
 * As `place`, for a stretch that came with no edit, such as text that was scored where it stood: undoing
 * an edit before it leaves it attached.
 */
export function lay(state: DocumentState, stretch: Attachment, nodeText: string): DocumentState {
  const taken = taking(state, stretch, nodeText);
  if (taken === undefined) {
    return state;
  }
  const { attachments, typed } = taken.run;
  return { ...state, attachments, typed };
}

function taking(
  state: DocumentState,
  { start, end, node, from }: Attachment,
  nodeText: string,
): { run: Run; inverse: Step } | undefined {
  const { text } = state;
  const isWithin = 0 <= start && start < end && end <= text.length && from >= 0;
  const shown = isWithin && text.slice(start, end) === nodeText.slice(from, from + end - start);
  if (!shown || splitsPair(text, start) || splitsPair(text, end)) {
    return undefined;
  }
  const run: Run = {
    text: text.slice(start, end),
    attachments: [{ start: 0, end: end - start, node, from }],
    typed: NONE_TYPED,
  };
  return take(state, [{ start, end, run }]);
}

/** Undo and redo: the steps the ledger holds, when they lead to the new text. */
function travel(
  state: DocumentState,
  changes: readonly Change[],
  reason: 'undo' | 'redo',
): DocumentState | undefined {
  const { ledger, text } = state;
  const steps = reason === 'undo' ? ledger.past : ledger.future;
  const found = stepsTo(text, steps, changes, reason);
  if (found === undefined) {
    return undefined;
  }
  const { count, span } = found;
  const { run, back } = rewind(runAt(state, span), steps, count, span);
  const step: Step = [{ ...span, run }];
  return {
    ...take(state, step).run,
    lines: state.lines.after(step),
    ledger: travelled(ledger, back, reason),
  };
}

/** The swaps that an edit comes down to, with what is known of the text they put in. */
function plan(state: DocumentState, changes: readonly Change[], reason: Reason): Step {
  const dragged = deletions(state, changes).map(({ run }) => run);
  const swaps: Swap[] = [];
  for (const change of changes) {
    const whole = isInsertion(change) ? recall(change.text, dragged) : undefined;
    const marks = whole ?? recallTelling(change.text, state.ledger);
    if (marks !== undefined) {
      swaps.push(swapFor(change, marks));
      continue;
    }
    const typed = typedBy(change, reason, state.ledger);
    for (const part of refine(state.text, change, state)) {
      swaps.push(swapFor(part, marksOf(state, change, part, typed)));
    }
  }
  return withMovedLines(state, swaps);
}

function swapFor(change: Change, { attachments, typed }: Marks): Swap {
  const { start, end, text } = change;
  return { start, end, run: { text, attachments, typed } };
}

/** What is known of a part of a change of which `typed` was typed. */
function marksOf(state: DocumentState, change: Change, part: Change, typed: Typed): Marks {
  const recalled = recallTelling(part.text, state.ledger);
  if (recalled !== undefined) {
    return recalled;
  }
  return { attachments: [], typed: typedIn(part, change, typed, state) };
}

function isInsertion({ start, end }: Change): boolean {
  return start === end;
}

function recallTelling(text: string, ledger: Ledger): Marks | undefined {
  return isTelling(text) ? recall(text, removedRuns(ledger)) : undefined;
}

/** What an event deletes: text dragged from there to here, of any length. */
function deletions(state: Run, changes: readonly Change[]): Step {
  return changes.some(isInsertion)
    ? changes
        .filter(({ text }) => text === '')
        .map((change) => ({ ...change, run: runAt(state, change) }))
    : [];
}

/** Lines that one event took out in one place and put in at another stay what they were. */
function withMovedLines(state: DocumentState, swaps: readonly Swap[]): Step {
  const isOpen = ({ run }: Swap) =>
    run.attachments.length === 0 && run.typed.length === 0 && isTelling(run.text);
  if (!swaps.some(isOpen)) {
    return swaps;
  }
  const removed = swaps.map((swap) => ({ ...swap, run: runAt(state, swap) }));
  const sources = [...markedRuns(removed)];
  return swaps.map((swap) =>
    isOpen(swap) ? { ...swap, run: { ...swap.run, ...recallLines(swap.run.text, sources) } } : swap,
  );
}
