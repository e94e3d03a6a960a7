import * as v from 'valibot';
import { recurringIn, type RecurringKind } from './recurring';

const SIGHTING = v.strictObject({
  passage: v.string(),
  time: v.number(),
  node: v.optional(v.string()),
  start: v.number(),
  end: v.number(),
});
export const ENTRY = v.strictObject({
  kind: v.picklist(['name', 'phrase', 'thing', 'ending']),
  phrase: v.string(),
  /** Different passages, those no longer listed included. */
  passages: v.number(),
  /** The first sighting in each of the latest passages, oldest first. */
  seen: v.array(SIGHTING),
});
const head = {
  version: v.literal(1),
  /** Fingerprints of the passages generated for, oldest first. */
  passages: v.array(v.string()),
  /** How many there were in all. */
  total: v.number(),
};
/** A ledger without its entries. */
export const HEAD = v.strictObject(head);
const LEDGER = v.strictObject({ ...head, entries: v.record(v.string(), ENTRY) });

export type Sighting = v.InferOutput<typeof SIGHTING>;
export type LedgerEntry = v.InferOutput<typeof ENTRY>;
/** What a workspace's generations had in them, passage by passage. Plain JSON; a new one is made by each change. */
export type AttractorLedger = v.InferOutput<typeof LEDGER>;

/** A generation to remember. */
export interface Generation {
  text: string;
  /** The passage it continues, or its own words; what it has of it is not counted. */
  before: string | ReadonlySet<string>;
  /** The same for generations over one place of one document, whatever was edited since. */
  passage: string;
  /** Milliseconds since the epoch. */
  time: number;
  node?: string;
}

/**
 * Bounds of the ledger: entries, places kept for each, and passages told apart. An attractor comes over one
 * passage in fifty at least (see `attractor.ts`), and a batch leaves about 130 entries.
 */
export const MOST_ENTRIES = 8_000;
export const MOST_SEEN = 8;
export const MOST_PASSAGES = 2_000;
/** Room made at once when there are too many entries, so that it is not made for each. */
const ROOM = 0.9;

/** A ledger with nothing in it; clearing a ledger is to begin again with one. */
export function emptyLedger(): AttractorLedger {
  return { version: 1, passages: [], total: 0, entries: {} };
}

/** The ledger that a file or a store holds; an empty one when it is none. */
export function parseLedger(data: unknown): AttractorLedger {
  const parsed = v.safeParse(LEDGER, data);
  return parsed.success ? parsed.output : emptyLedger();
}

/** The ledger with some generations more. Bounded: what came over the fewest passages, longest ago, goes first. */
export function remember(
  ledger: AttractorLedger,
  generations: readonly Generation[],
): AttractorLedger {
  const entries = new Map(Object.entries(ledger.entries));
  const passages = new Set(ledger.passages);
  let { total } = ledger;
  for (const generation of generations) {
    if (!passages.has(generation.passage)) {
      passages.add(generation.passage);
      total += 1;
    }
    for (const { kind, key, phrase, start, end } of recurringIn(
      generation.text,
      generation.before,
    )) {
      const id = entryId(kind, key);
      const before = entries.get(id) ?? { kind, phrase, passages: 0, seen: [] };
      entries.set(id, seenAgain(before, generation, start, end));
    }
  }
  return {
    version: 1,
    passages: [...passages].slice(-MOST_PASSAGES),
    total,
    entries: Object.fromEntries(bounded(entries)),
  };
}

/** The name under which the ledger keeps something. */
export function entryId(kind: RecurringKind, key: string): string {
  return `${kind} ${key}`;
}

function seenAgain(
  entry: LedgerEntry,
  { passage, time, node }: Generation,
  start: number,
  end: number,
): LedgerEntry {
  if (entry.seen.some((sighting) => sighting.passage === passage)) {
    return entry;
  }
  const sighting = { passage, time, ...(node === undefined ? {} : { node }), start, end };
  return {
    ...entry,
    passages: entry.passages + 1,
    seen: [...entry.seen, sighting].slice(-MOST_SEEN),
  };
}

function bounded(entries: ReadonlyMap<string, LedgerEntry>): Iterable<[string, LedgerEntry]> {
  if (entries.size <= MOST_ENTRIES) {
    return entries;
  }
  const last = ({ seen }: LedgerEntry) => seen.at(-1)?.time ?? 0;
  const ordered = [...entries].sort(([, a], [, b]) => b.passages - a.passages || last(b) - last(a));
  return ordered.slice(0, Math.floor(MOST_ENTRIES * ROOM));
}
