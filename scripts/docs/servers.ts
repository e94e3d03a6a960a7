/**
 * The page `docs/servers.md`: `tsx scripts/docs/servers.ts --write`, or without it the page on standard output.
 * What was measured lies in `docs/measured`, a file a server: each is what `variorum examine --json` printed, or
 * for llama.cpp what an examination of its recordings finds.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LogprobDetail } from '../../src/core/model/capability/flags';
import { ROOT } from '../hosts/paths';
import { CLAIMS } from './claims';

/** As much of an examination as the page shows. */
export interface Measured {
  /** The server's name, as people know it. */
  server: string;
  model: string;
  /** How it was come by. */
  how: string;
  hints: { version?: string };
  flags: Readonly<
    Record<string, { value: 'yes' | 'no' | 'unknown'; detail: LogprobDetail } | undefined>
  >;
}

export const MEASURED_FOLDER = join(ROOT, 'docs/measured');
export const PAGE = join(ROOT, 'docs/servers.md');

/** Columns of what was measured, and the flag of each. */
const COLUMNS: readonly (readonly [title: string, flag: string])[] = [
  ['chat', 'chat.answers'],
  ['completions', 'completions.answers'],
  ['Responses', 'responses.answers'],
  ['raw text', 'completions.rawText'],
  ['an answer begun', 'chat.prefill'],
  ['several a request', 'server.several'],
  ['scores text', 'completions.score'],
  ['bans tokens', 'server.logitBias'],
  ['seed', 'server.seed'],
  ['refuses unknown parameters', 'server.strict'],
];

export function readMeasured(): Measured[] {
  return readdirSync(MEASURED_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(MEASURED_FOLDER, name), 'utf8')) as Measured);
}

export function serversPage(measured: readonly Measured[]): string {
  const known = new Set(measured.map(({ server }) => server));
  return `# Servers

What servers can do. *Variorum: Examine Model*, or \`variorum examine\`, finds it out for yours by at most 12 short requests, and what it finds there counts more than this page: versions and settings differ, and models, too.

This page is made by \`npx tsx scripts/docs/servers.ts --write\` from the files in \`docs/measured\`. To add a server, put what \`variorum examine --base-url … --json\` prints there, with \`"server"\` (its name) and \`"how"\` (on what, and when) added, and make the page anew.

## Measured

${table(
  ['server', 'version', 'model', ...COLUMNS.map(([title]) => title), 'how'],
  measured.map(({ server, hints, model, flags, how }) => [
    `**${server}**`,
    hints.version ?? '',
    model,
    ...COLUMNS.map(([, flag]) => word(flags[flag]?.value)),
    how,
  ]),
)}

### Probabilities

${table(
  [
    'server',
    'API',
    'alternatives',
    'are those',
    'bytes',
    'ids',
    'the token itself is listed',
    'streamed',
  ],
  measured.flatMap(({ server, flags }) =>
    (['chat', 'completions'] as const).map((api) => [
      `**${server}**`,
      api,
      ...numbers(flags[`${api}.logprobs`]),
    ]),
  ),
)}

"Before sampling" are the model's own, whatever the temperature; "after sampling" are those that were drawn from.

## What documentation says

Nobody has tried this for this page, except where the first column says so. It was read in 2026.

${table(
  [
    'server',
    'measured',
    'several a request',
    'probabilities',
    'scores text',
    'bans tokens',
    'an answer begun',
    'read in',
  ],
  CLAIMS.map(({ server, several, probabilities, scores, bans, begun, source }) => [
    `**${server}**`,
    known.has(server) ? 'yes, above' : 'not measured',
    ...[several, probabilities, scores, bans, begun, source],
  ]),
)}
`;
}

function word(value: 'yes' | 'no' | 'unknown' | undefined): string {
  return value === undefined || value === 'unknown' ? 'not known' : value;
}

function numbers(found: Measured['flags'][string]): string[] {
  if (found?.value !== 'yes') {
    return [word(found?.value), '', '', '', '', ''];
  }
  const { maxTop, isBound, semantics, bytes, ids, chosenListed, streamed } = found.detail;
  const count =
    maxTop === undefined ? 'not known' : isBound ? `up to ${maxTop}` : `${maxTop} or more`;
  const meaning = { raw: 'before sampling', processed: 'after sampling', unknown: 'not known' };
  const yesNo = (value: boolean | undefined) =>
    value === undefined ? 'not known' : value ? 'yes' : 'no';
  return [
    count,
    meaning[semantics ?? 'unknown'],
    bytes ?? 'not known',
    yesNo(ids),
    chosenListed === true ? 'each time' : chosenListed === false ? 'not always' : 'not known',
    yesNo(streamed),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = serversPage(readMeasured());
  if (process.argv.includes('--write')) {
    writeFileSync(PAGE, page);
  } else {
    process.stdout.write(page);
  }
}
