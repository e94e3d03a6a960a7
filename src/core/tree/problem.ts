/**
 * Why something in a journal folder was passed over; the file itself is left as it is.
 * `unreadable` the file could not be read · `encoding` the line is not UTF-8 · `json` it is not JSON ·
 * `shape` a value is of the wrong type or out of range · `newer` a later version wrote it ·
 * `conflict` two copies of one event differ, and the first is used · `mismatch` tokens do not fit
 * their node's text.
 */
export type ProblemCode =
  'unreadable' | 'encoding' | 'json' | 'shape' | 'newer' | 'conflict' | 'mismatch';

export interface JournalProblem {
  code: ProblemCode;
  /** Path in the store. */
  file: string;
  /** From 1; null when it is about the whole file. */
  line: number | null;
  /** The particulars, for a log: which field, what was there. */
  reason: string;
}
