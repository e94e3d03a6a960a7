import type { AttractorLedger, Sighting } from './attractorLedger';
import { entryId } from './attractorLedger';
import type { Flag } from './flag';
import { recurringIn, type Recurring } from './recurring';

/** Passages, the one at hand not counted, before something is an attractor. */
const FEWEST = 2;
/** Share of all passages it must have come over: in a long history a little comes twice by chance. */
const SHARE = 0.02;
/** Passages at which the score is one half. */
const HALF = 3;
const WARNED = 5;

/** A generation to check against the history. */
export interface Checked {
  text: string;
  /** The passage it continues, or its own words; what it has of it is not flagged. */
  before: string | ReadonlySet<string>;
  /** As in the ledger: what came over this passage itself does not count. */
  passage: string;
}

/**
 * Names, phrases, things and endings that came over other passages of this workspace before. The score
 * grows with the number of passages and is one half at three. Where findings overlap, the one that came
 * over most passages is flagged, of those the longest.
 */
export function attractors(checked: Checked, ledger: AttractorLedger): Flag<'attractor'>[] {
  const found = recurringIn(checked.text, checked.before).flatMap((recurring) => {
    const entry = ledger.entries[entryId(recurring.kind, recurring.key)];
    const elsewhere = entry?.seen.filter(({ passage }) => passage !== checked.passage) ?? [];
    const here = (entry?.seen.length ?? 0) - elsewhere.length;
    const passages = (entry?.passages ?? 0) - here;
    const enough = passages >= FEWEST && passages >= SHARE * ledger.total;
    return enough ? [{ recurring, passages, elsewhere }] : [];
  });
  found.sort((a, b) => b.passages - a.passages || lengthOf(b.recurring) - lengthOf(a.recurring));
  const flags: Flag<'attractor'>[] = [];
  for (const { recurring, passages, elsewhere } of found) {
    if (flags.every(({ start, end }) => recurring.end <= start || recurring.start >= end)) {
      flags.push(flagOf(recurring, passages, elsewhere, ledger.total));
    }
  }
  return flags.sort((a, b) => a.start - b.start);
}

function flagOf(
  { kind, phrase, start, end }: Recurring,
  passages: number,
  elsewhere: readonly Sighting[],
  total: number,
): Flag<'attractor'> {
  return {
    code: 'attractor',
    start,
    end,
    severity: passages >= WARNED ? 'warning' : 'note',
    score: passages / (passages + HALF),
    evidence: { kind, phrase, passages, of: total, last: elsewhere.at(-1)?.time ?? 0 },
    related: elsewhere.map((sighting) => ({
      ...(sighting.node === undefined ? {} : { node: sighting.node }),
      start: sighting.start,
      end: sighting.end,
    })),
  };
}

function lengthOf({ start, end }: Recurring): number {
  return end - start;
}
