import { CODES } from '../core/collapse/codes';
import { describe } from '../core/collapse/describe';
import type { Flag, FlagCode } from '../core/collapse/flag';
import type { Span } from '../core/text/span';
import { LinePositions } from '../core/text/linePositions';

/** A text that was checked. */
export interface CheckedFile {
  /** As given on the command line; `-` for standard input. */
  name: string;
  text: string;
  flags: readonly Flag[];
}

const HOME = 'https://github.com/variorum/variorum';
const RULES = Object.keys(CODES) as FlagCode[];

/**
 * Findings as a SARIF 2.1.0 log of one run (OASIS standard, errata 01).
 * @param notices what could not be checked, and what was left out
 * @param version of Variorum, where it is known
 */
export function sarifLog(
  files: readonly CheckedFile[],
  notices: readonly { level: 'note' | 'error'; text: string }[],
  version: string | undefined,
) {
  // A file that was named twice is one artifact.
  const uris = [...new Set(files.map(({ name }) => uriOf(name)))];
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Variorum',
            ...(version === undefined ? {} : { version, semanticVersion: version }),
            informationUri: HOME,
            rules: RULES.map(ruleOf),
          },
        },
        invocations: [
          {
            executionSuccessful: notices.every(({ level }) => level !== 'error'),
            toolExecutionNotifications: notices.map(({ level, text }) => ({
              level,
              message: { text },
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        artifacts: uris.map((uri) => ({ location: { uri } })),
        results: files.flatMap((file) => resultsOf(file, uris)),
      },
    ],
  };
}

function ruleOf(code: FlagCode) {
  const { severity, title, explanation } = CODES[code];
  return {
    id: code,
    helpUri: `${HOME}/blob/main/docs/collapse.md#${code}`,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    defaultConfiguration: { level: severity },
  };
}

function resultsOf({ name, text, flags }: CheckedFile, uris: readonly string[]) {
  const positions = new LinePositions(text);
  const uri = uriOf(name);
  const artifactLocation = { uri, index: uris.indexOf(uri) };
  const locate = (span: Span) => ({
    physicalLocation: { artifactLocation, region: regionOf(span, positions) },
  });
  return flags.map((flag) => ({
    ruleId: flag.code,
    ruleIndex: RULES.indexOf(flag.code),
    level: flag.severity,
    rank: 100 * flag.score,
    message: { text: describe(flag) },
    locations: [locate(flag)],
    ...(flag.related && { relatedLocations: flag.related.map(locate) }),
    properties: { score: flag.score, evidence: flag.evidence },
  }));
}

function regionOf({ start, end }: Span, positions: LinePositions) {
  const from = positions.at(start);
  const to = positions.at(end);
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}

/** A path as a URI reference; relative ones stay so. */
function uriOf(name: string): string {
  if (name === '-') {
    return 'stdin';
  }
  const path = name.replaceAll('\\', '/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const drive = /^[A-Za-z]%3A\//.test(encoded);
  return drive
    ? `file:///${encoded.replace('%3A', ':')}`
    : path.startsWith('/')
      ? `file://${encoded}`
      : encoded;
}
