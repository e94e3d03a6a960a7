import type { Ideas } from '../diversity/ideas';
import type { AttractorLedger, LedgerEntry } from './attractorLedger';
import { CODES } from './codes';
import type { FlagCode } from './flag';
import type { Translate } from './translate';

/** A finding as the report lists it. */
export interface ReportedFinding {
  code: FlagCode;
  message: string;
  /** Line in the document, from 1. */
  line: number;
}

/** A batch of this session. */
export interface ReportedBatch {
  document: string;
  /** Milliseconds since the epoch. */
  time: number;
  size: number;
  ideas: Ideas;
  effectiveNumber: number;
}

/** What a report is made of. */
export interface ReportData {
  /** Absent when no document is open. */
  document?: { name: string; findings: readonly ReportedFinding[]; isReadable: boolean };
  /** The latest first. */
  batches: readonly ReportedBatch[];
  ledger: AttractorLedger;
  /** The document that a passage of the ledger is in. */
  placeOf: (passage: string) => string;
  when: (time: number) => string;
}

const MOST_FINDINGS = 20;
const MOST_ATTRACTORS = 30;
const FEWEST_PASSAGES = 2;

/** A report over a document, the batches of the session and the history, in Markdown. */
export function collapseReport(data: ReportData, t: Translate): string {
  return [
    `# ${t('Collapse Report')}`,
    t('Everything here is an estimate: it says what was found, not that anything is wrong.'),
    ...documentPart(data, t),
    ...batchesPart(data, t),
    ...attractorsPart(data, t),
  ].join('\n\n');
}

function documentPart({ document }: ReportData, t: Translate): string[] {
  if (document === undefined) {
    return [];
  }
  const { name, findings, isReadable } = document;
  const title = `## ${t('In {document}', { document: inert(name) })}`;
  const language = isReadable
    ? []
    : [t('It is not in English: what is found by its words was not looked for.')];
  if (findings.length === 0) {
    return [title, ...language, t('Nothing was found.')];
  }
  const byCode = new Map<FlagCode, ReportedFinding[]>();
  for (const finding of findings) {
    byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  }
  const parts = [...byCode].sort(([, a], [, b]) => b.length - a.length);
  return [title, ...language, ...parts.flatMap(([code, own]) => codePart(code, own, t))];
}

function codePart(code: FlagCode, findings: readonly ReportedFinding[], t: Translate): string[] {
  const { title, explanation } = CODES[code];
  const rows = findings
    .slice(0, MOST_FINDINGS)
    .map(({ line, message }) => `- ${t('Line {line}', { line })}: ${inert(message)}`);
  const more = findings.length - rows.length;
  const rest = more > 0 ? [`- ${t('{count} more', { count: more })}`] : [];
  return [`### ${t(title)}: ${findings.length}`, t(explanation), [...rows, ...rest].join('\n')];
}

function batchesPart({ batches, when }: ReportData, t: Translate): string[] {
  const title = `## ${t('Batches of this session')}`;
  if (batches.length === 0) {
    return [title, t('None has ended yet.')];
  }
  const collapsed = batches.filter(({ ideas }) => ideas.collapsed).length;
  return [
    title,
    t(
      '{collapsed} of {count} collapsed: their ideas count for fewer than half of their branches.',
      {
        collapsed,
        count: batches.length,
      },
    ),
    ...batches.flatMap(({ document, time, size, ideas, effectiveNumber }) => [
      `### ${inert(document)}, ${inert(when(time))}`,
      t('{size} branches, effective number {number}: {line}', {
        size,
        number: effectiveNumber.toFixed(1),
        line: inert(ideas.line),
      }),
      ideas.measures.map((measure) => `- ${inert(measure)}`).join('\n'),
    ]),
  ];
}

function attractorsPart({ ledger, placeOf, when }: ReportData, t: Translate): string[] {
  const title = `## ${t('Attractors of this workspace')}`;
  const entries = Object.values(ledger.entries)
    .filter(({ passages }) => passages >= FEWEST_PASSAGES)
    .sort((a, b) => b.passages - a.passages || lastOf(b) - lastOf(a))
    .slice(0, MOST_ATTRACTORS);
  if (entries.length === 0) {
    return [title, t('Nothing has come up over two different passages yet.')];
  }
  const rows = entries.map((entry) => {
    const places = new Set(entry.seen.map(({ passage }) => placeOf(passage)));
    return t('“{phrase}”: {passages} of {total} passages, last {when}, in {places}', {
      phrase: inert(entry.phrase),
      passages: entry.passages,
      total: ledger.total,
      when: inert(when(lastOf(entry))),
      places: [...places].map(inert).join(', '),
    });
  });
  return [
    title,
    t('What models came back to over passages that have nothing to do with each other.'),
    rows.map((row) => `- ${row}`).join('\n'),
  ];
}

function lastOf({ seen }: LedgerEntry): number {
  return seen.at(-1)?.time ?? 0;
}

/** Text of any origin on one line, as text: none of it is Markdown or HTML. */
function inert(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_{}[\]()#+!|<>~&:-]/gu, '\\$&');
}
