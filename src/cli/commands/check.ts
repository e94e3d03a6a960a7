import * as v from 'valibot';
import type { Check } from '../../core/collapse/check';
import { describe } from '../../core/collapse/describe';
import type { Flag } from '../../core/collapse/flag';
import { LEAST_WORDS, type VoiceProfile } from '../../core/voice/voiceProfile';
import { LinePositions } from '../../core/text/linePositions';
import { openChecker, type Checker } from '../checker';
import { readInput } from '../input';
import { parseJsonLines, reportBadLines, warnOfRepeatedIds } from '../jsonLines';
import { flagRecord, printable, printJson, styled, warn } from '../output';
import { readOwnProse } from '../ownProse';
import { readVersion } from '../platform';
import { sarifLog, type CheckedFile } from '../sarif';
import { BadUsage, parse } from '../usage';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  jsonl: { type: 'boolean', default: false },
  sarif: { type: 'boolean', default: false },
  'fail-on': { type: 'string' },
  lists: { type: 'string', multiple: true },
  voice: { type: 'string' },
} as const;

const SEVERITIES = ['note', 'warning', 'error'] as const;
type Severity = (typeof SEVERITIES)[number];
const COLOURS = { note: 'cyan', warning: 'yellow', error: 'red' } as const;

const INPUT = v.object({
  id: v.union([v.string(), v.number()], 'expected a string or a number'),
  text: v.string(),
  prompt: v.optional(v.string()),
});

const NOT_ENGLISH = 'not English: checks that read words were skipped';

/** What a run came to. */
interface Outcome {
  /** Index of the most severe finding's severity; -1 when there is none. */
  worst: number;
  /** Whether some input could not be checked. */
  failed: boolean;
}

/** `variorum check`: what is collapsed in some texts. */
export async function checkCommand(args: string[]): Promise<0 | 1 | 2> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  const { json, jsonl, sarif } = values;
  if ([json, jsonl, sarif].filter(Boolean).length > 1) {
    throw new BadUsage('Give only one of --json, --jsonl and --sarif.');
  }
  const least = severityOption(values['fail-on']);
  if (positionals.length === 0) {
    throw new BadUsage('Give at least one file, or - for standard input.');
  }
  const voice = values.voice === undefined ? undefined : await readVoice(values.voice);
  const checker = await openChecker(values.lists ?? [], voice);
  const { worst, failed } = jsonl
    ? await checkLines(await readInput(positionals), checker)
    : await checkFiles(positionals, checker, sarif ? 'sarif' : json ? 'json' : 'people');
  if (failed) {
    return 2;
  }
  return worst >= least ? 1 : 0;
}

/** How somebody writes. @throws BadUsage when the folder cannot be read, or holds no prose */
async function readVoice(folder: string): Promise<VoiceProfile> {
  const { profile } = await readOwnProse(folder);
  if (!profile.isEnough) {
    const words = `${folder} holds ${profile.words} words of English prose in passages`;
    warn(`${words}: voice-drift needs ${LEAST_WORDS} and is not looked for`);
  }
  return profile;
}

function worstOf(flags: readonly Flag[], before: number): number {
  return flags.reduce(
    (worst, { severity }) => Math.max(worst, SEVERITIES.indexOf(severity)),
    before,
  );
}

/** Index of the severity from which findings fail the run; infinite when none does. */
function severityOption(name: string | undefined): number {
  const index = SEVERITIES.indexOf(name as Severity);
  if (name !== undefined && index < 0) {
    throw new BadUsage(`--fail-on takes ${SEVERITIES.join(', ')}, not "${name}".`);
  }
  return name === undefined ? Infinity : index;
}

async function checkLines(input: string, checker: Checker): Promise<Outcome> {
  const { good, bad } = parseJsonLines(input, INPUT);
  warnOfRepeatedIds(good, 'both are answered');
  let worst = -1;
  const foreign: number[] = [];
  for (const { line, value } of good) {
    const checked = await checker(value.text, { instruction: value.prompt });
    printJson({ id: value.id, ...resultOf(checked) });
    worst = worstOf(checked.flags, worst);
    if (checked.language === 'other') {
      foreign.push(line);
    }
  }
  if (foreign.length > 0) {
    const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
    warn(`line ${foreign[0]}${more}: ${NOT_ENGLISH}`);
  }
  reportBadLines(bad);
  return { worst, failed: bad.length > 0 };
}

/** A file that cannot be read is named and does not keep the others from being checked. */
async function checkFiles(
  names: readonly string[],
  checker: Checker,
  format: 'people' | 'json' | 'sarif',
): Promise<Outcome> {
  const files: CheckedFile[] = [];
  const notices: { level: 'note' | 'error'; text: string }[] = [];
  const notice = (level: 'note' | 'error', text: string) => {
    notices.push({ level, text });
    warn(text);
  };
  for (const name of names) {
    let text: string;
    try {
      text = await readInput([name]);
    } catch (error) {
      if (!(error instanceof BadUsage)) {
        throw error;
      }
      notice('error', error.message);
      continue;
    }
    const checked = await checker(text);
    if (checked.language === 'other') {
      notice('note', `${name}: ${NOT_ENGLISH}`);
    }
    const file = { name, text, flags: checked.flags };
    files.push(file);
    if (format === 'json') {
      printJson({ file: name, ...resultOf(checked) });
    } else if (format === 'people') {
      printForPeople(file, checked);
    }
  }
  if (format === 'sarif') {
    printJson(sarifLog(files, notices, await readVersion()));
  }
  const failed = notices.some(({ level }) => level === 'error');
  return { worst: files.reduce((worst, { flags }) => worstOf(flags, worst), -1), failed };
}

/** What programs get of one text. */
function resultOf({ flags, scores, rhyme }: Check) {
  return {
    flags: flags.map(flagRecord),
    scores,
    rhyme,
  };
}

function printForPeople({ name, text, flags }: CheckedFile, { scores }: Check): void {
  const positions = new LinePositions(text);
  for (const flag of flags) {
    const { line, column } = positions.at(flag.start);
    const place = styled('bold', printable(`${name}:${line}:${column}`));
    const severity = styled(COLOURS[flag.severity], flag.severity);
    const code = styled('dim', flag.code);
    process.stdout.write(`${place} ${severity} ${code} ${printable(describe(flag))}\n`);
  }
  const summary = Object.entries(scores).map(([what, score]) => `${what} ${score.toFixed(2)}`);
  const found = `${flags.length} ${flags.length === 1 ? 'finding' : 'findings'}`;
  process.stdout.write(styled('dim', printable(`${name}: ${found}; ${summary.join(', ')}`)) + '\n');
}
