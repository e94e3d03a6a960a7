import type { Run, Step } from './step';

export type Reason = 'edit' | 'undo' | 'redo';

export interface LedgerLimits {
  /** How many events are remembered. */
  steps: number;
  /** How many UTF-16 units of removed text are remembered, 64 added for each place it was removed from. */
  characters: number;
}

/** More typing than undo is used for; more text than most books, 16 MB at worst. */
export const LEDGER_LIMITS: LedgerLimits = { steps: 1000, characters: 8_000_000 };

/**
 * What edits removed, as the steps that bring it back, oldest first: `past` is what undo may still take
 * back, `future` what redo may. Of either side the newest step stays whatever its size, so that select
 * all, delete, undo restores a draft of any length.
 */
export interface Ledger {
  past: readonly Step[];
  future: readonly Step[];
  /** Held by both sides, as the limit counts them. */
  characters: number;
  limits: LedgerLimits;
}

export function emptyLedger(limits: LedgerLimits): Ledger {
  return { past: [], future: [], characters: 0, limits };
}

/** The removed runs that something is known of, newest first: what a paste may bring back. */
export function* removedRuns(ledger: Ledger): Generator<Run> {
  for (const steps of [ledger.past, ledger.future]) {
    for (let i = steps.length - 1; i >= 0; i--) {
      yield* markedRuns(steps[i] ?? []);
    }
  }
}

export function* markedRuns(step: Step): Generator<Run> {
  for (const { run } of step) {
    if (run.attachments.length > 0 || run.typed.length > 0) {
      yield run;
    }
  }
}

/** The ledger after an edit, or an undo or redo it cannot explain, that `inverse` takes back. */
export function remember(ledger: Ledger, inverse: Step, reason: Reason): Ledger {
  const { past, future, limits } = ledger;
  const size = sizeOf([inverse]);
  switch (reason) {
    case 'edit':
      return bounded({
        past: [...past, inverse],
        future: [],
        characters: ledger.characters + size - sizeOf(future),
        limits,
      });
    // It went back before the time of the ledger: what that held no longer fits the text.
    case 'undo':
      return { past: [], future: [inverse], characters: size, limits };
    case 'redo':
      return { past: [inverse], future: [], characters: size, limits };
  }
}

/**
 * The ledger after a stretch was placed: a step that leaves the text alone, so that undoing the insertion
 * gives back what gave way even where old and new text had letters in common.
 */
export function rememberPlace(ledger: Ledger, inverse: Step): Ledger {
  const characters = ledger.characters + sizeOf([inverse]);
  return bounded({ ...ledger, past: [...ledger.past, inverse], characters });
}

/** The ledger after the newest `back.length` steps of one side were taken; `back` undoes them. */
export function travelled(ledger: Ledger, back: readonly Step[], reason: 'undo' | 'redo'): Ledger {
  const [from, to] =
    reason === 'undo' ? [ledger.past, ledger.future] : [ledger.future, ledger.past];
  const rest = from.slice(0, from.length - back.length);
  const grown = [...to, ...back];
  const [past, future] = reason === 'undo' ? [rest, grown] : [grown, rest];
  const characters = ledger.characters + sizeOf(back) - sizeOf(from.slice(rest.length));
  return bounded({ past, future, characters, limits: ledger.limits });
}

/** The ledger without its oldest steps, as far as its limits ask. */
function bounded(ledger: Ledger): Ledger {
  const { limits } = ledger;
  let count = ledger.past.length + ledger.future.length;
  let { characters } = ledger;
  const trim = (steps: readonly Step[]) => {
    let gone = 0;
    while (gone < steps.length - 1 && (count > limits.steps || characters > limits.characters)) {
      characters -= sizeOf(steps.slice(gone, gone + 1));
      count--;
      gone++;
    }
    return gone === 0 ? steps : steps.slice(gone);
  };
  const past = trim(ledger.past);
  const future = trim(ledger.future);
  return { past, future, characters, limits };
}

/** What a swap holds beside its text, counted as characters. */
const OVERHEAD = 64;

/** UTF-16 units that steps hold. */
export function sizeOf(steps: readonly Step[]): number {
  return steps.reduce(
    (sum, step) => step.reduce((total, { run }) => total + run.text.length + OVERHEAD, sum),
    0,
  );
}
