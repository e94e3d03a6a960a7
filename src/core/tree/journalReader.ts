import type { JournalEvent, UnknownEvent } from './event';
import { isKnownEvent } from './eventGuard';
import { checkEvent } from './eventSchema';
import type { WriterId } from './node';
import type { JournalProblem } from './problem';
import { sameJson } from './sameJson';
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

/**
 * Reads a document's journal. Damage never throws: each damaged line is passed over and reported.
 * Writing by other windows meanwhile is fine.
 */
export async function readJournal(store: Store, folder: string): Promise<Journal> {
  const { files, problems } = await readSegments(store, folder);
  const known = new EventUnion<JournalEvent>(problems);
  const unknown = new EventUnion<UnknownEvent>(problems);
  for (const file of files) {
    forEachValue(file, problems, (value, line) => {
      if (isKnownEvent(value)) {
        known.add(value, file.path, line);
      } else {
        addChecked(value, file.path, line, { known, unknown, problems });
      }
    });
  }
  return {
    events: known.events().sort(compareStamps),
    unknown: unknown.events().sort(compareStamps),
    problems,
  };
}

interface Sinks {
  known: EventUnion<JournalEvent>;
  unknown: EventUnion<UnknownEvent>;
  problems: JournalProblem[];
}

function addChecked(value: unknown, file: string, line: number, sinks: Sinks): void {
  const checked = checkEvent(value);
  switch (checked.kind) {
    case 'known':
      sinks.known.add(checked.event, file, line);
      break;
    case 'unknown':
      sinks.unknown.add(checked.event, file, line);
      break;
    case 'newer':
      sinks.problems.push({ code: 'newer', file, line, reason: `version ${checked.version}` });
      if (checked.event !== undefined) {
        sinks.unknown.add(checked.event, file, line);
      }
      break;
    case 'bad':
      sinks.problems.push({ code: 'shape', file, line, reason: checked.reason });
      break;
  }
}

interface OfWriter<E> {
  /** Event i at index i, as far as they came in order. */
  inOrder: E[];
  others: Map<number, E>;
}

/** One copy of each event: of copies that differ the first one given, and a problem for the others. */
class EventUnion<E extends Stamp> {
  readonly #writers = new Map<WriterId, OfWriter<E>>();
  readonly #problems: JournalProblem[];

  constructor(problems: JournalProblem[]) {
    this.#problems = problems;
  }

  add(event: E, file: string, line: number): void {
    const { inOrder, others } = this.#of(event.writer);
    const copy = inOrder[event.seq] ?? others.get(event.seq);
    if (copy === undefined) {
      if (event.seq === inOrder.length) {
        inOrder.push(event);
      } else {
        others.set(event.seq, event);
      }
    } else if (!sameJson(copy, event)) {
      const reason = `event ${event.seq} of ${event.writer} differs from another copy`;
      this.#problems.push({ code: 'conflict', file, line, reason });
    }
  }

  events(): E[] {
    return [...this.#writers.values()].flatMap(({ inOrder, others }) =>
      others.size === 0 ? inOrder : [...inOrder, ...others.values()],
    );
  }

  #of(writer: WriterId): OfWriter<E> {
    let found = this.#writers.get(writer);
    if (found === undefined) {
      found = { inOrder: [], others: new Map() };
      this.#writers.set(writer, found);
    }
    return found;
  }
}

function compareWriters(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
