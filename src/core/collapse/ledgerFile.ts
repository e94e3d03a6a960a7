import * as v from 'valibot';
import type { Steps } from '../steps';
import {
  emptyLedger,
  ENTRY,
  HEAD,
  type AttractorLedger,
  type LedgerEntry,
} from './attractorLedger';

/** Lines handled between two pauses. */
const TURN = 250;

const LINE = v.tuple([v.string(), ENTRY]);

/** A ledger as JSON lines: first what it is, then an entry a line, so that it is written and read in turns. */
export function* writeLedger({ entries, ...head }: AttractorLedger): Steps<string> {
  const lines = [JSON.stringify(head)];
  for (const entry of Object.entries(entries)) {
    lines.push(JSON.stringify(entry));
    if (lines.length % TURN === 0) {
      yield;
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The ledger that a text holds; lines that make no sense are left out, and without its head it is an empty one. */
export function* readLedger(text: string): Steps<AttractorLedger> {
  const [first = '', ...lines] = text.split('\n');
  const head = v.safeParse(HEAD, parsed(first));
  if (!head.success) {
    return emptyLedger();
  }
  const entries: Record<string, LedgerEntry> = {};
  for (const [i, line] of lines.entries()) {
    const entry = v.safeParse(LINE, parsed(line));
    if (entry.success) {
      entries[entry.output[0]] = entry.output[1];
    }
    if (i % TURN === 0) {
      yield;
    }
  }
  return { ...head.output, entries };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
