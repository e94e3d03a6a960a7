import type { JournalEvent, UnknownEvent } from './event';
import { isKnownEvent } from './eventGuard';
import { checkEvent, type CheckedEvent } from './eventSchema';
import { EventUnion } from './eventUnion';
import type { JournalProblem } from './problem';
import { forEachValue, readSegments } from './segmentReader';
import type { Store } from './store';

export interface Journal {
  /** The union of all files, each event once, by time, then writer, then seq. */
  events: readonly JournalEvent[];
  /** Events of kinds or versions that this one does not know, in the same order. */
  unknown: readonly UnknownEvent[];
  problems: readonly JournalProblem[];
}

/** What says which event it is, and its place in the order. */
export type Stamp = Pick<UnknownEvent, 'time' | 'writer' | 'seq'>;

/** By time, then writer, then seq: the order that every reader puts events in. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || compareWriters(a.writer, b.writer) || a.seq - b.seq;
}

/** What is found beside the known events. */
export type JournalRest = Omit<Journal, 'events'>;

/**
 * Reads a document's journal. Damage never throws: each damaged line is passed over and reported.
 * Writing by other windows meanwhile is fine.
 */
export async function readJournal(store: Store, folder: string): Promise<Journal> {
  const events: JournalEvent[] = [];
  const rest = await visitJournal(store, folder, (event) => events.push(event));
  return { events: events.sort(compareStamps), ...rest };
}

/**
 * As `readJournal`, but hands over each event once, in no particular order, and keeps none: with
 * hundreds of thousands of them, keeping them takes as long as reading them.
 * @param isWanted which files, by name; all when absent
 */
export async function visitJournal(
  store: Store,
  folder: string,
  take: (event: JournalEvent) => void,
  isWanted?: (name: string) => boolean,
): Promise<JournalRest> {
  const { files, problems } = await readSegments(store, folder, isWanted);
  const known = new EventUnion(problems, take);
  const unknown: UnknownEvent[] = [];
  const others = new EventUnion<UnknownEvent>(problems, (event) => unknown.push(event));
  for (const file of files) {
    forEachValue(file, problems, (value, line) => {
      if (isKnownEvent(value)) {
        known.add(value, file, line);
        return;
      }
      const checked = checkEvent(value);
      if (checked.kind === 'known') {
        known.add(checked.event, file, line);
        return;
      }
      const problem = problemOf(checked);
      if (problem !== undefined) {
        problems.push({ ...problem, file: file.path, line });
      }
      if (checked.kind !== 'bad' && checked.event !== undefined) {
        others.add(checked.event, file, line);
      }
    });
  }
  return { unknown: unknown.sort(compareStamps), problems };
}

function problemOf(checked: CheckedEvent): Pick<JournalProblem, 'code' | 'reason'> | undefined {
  switch (checked.kind) {
    case 'newer':
      return { code: 'newer', reason: `version ${checked.version}` };
    case 'bad':
      return { code: 'shape', reason: checked.reason };
    case 'known':
    case 'unknown':
      return undefined;
  }
}

function compareWriters(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
