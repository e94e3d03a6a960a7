import type { Examination, Step } from '../../parts/openai';
import { loadOpenAi, MODEL_OPTIONS, openEndpoint, PARTS } from '../model';
import { printable, printJson } from '../output';
import { BadUsage, parse } from '../usage';

const OPTIONS = { ...MODEL_OPTIONS, json: { type: 'boolean', default: false } } as const;
const ERASE = '\r\u001b[2K';

/** `variorum examine`: what a model behind a server can do, and how that is known. */
export async function examineCommand(args: string[], signal: AbortSignal): Promise<0> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  const { 'base-url': baseUrl } = values;
  if (positionals.length > 0) {
    throw new BadUsage(`examine takes no file: ${positionals.join(' ')}`);
  }
  if (baseUrl === undefined) {
    throw new BadUsage('examine needs --base-url: Sketch, which is built in, has nothing to find.');
  }
  const endpoint = await openEndpoint({ ...values, 'base-url': baseUrl }, signal);
  const { examineModel, examinationReport } = await loadOpenAi();
  const examination = await examineModel(endpoint, PARTS, signal, showStep);
  erase();
  if (values.json) {
    printJson(recordOf(examination));
  } else {
    const when = (time: number): string => new Date(time).toISOString();
    // Line ends are the report's own; nothing else in it may steer the terminal.
    const lines = examinationReport(examination, { when }).split('\n');
    process.stdout.write(lines.map(printable).join('\n'));
  }
  return 0;
}

/** What was found, for programs. */
function recordOf({ record, ...examination }: Examination) {
  const { flags, parameters, tokensField, countsLogprobs } = record;
  return { ...examination, flags, parameters, tokensField, countsLogprobs };
}

function showStep(step: Step): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`${ERASE}asking: ${step}`);
  }
}

function erase(): void {
  if (process.stderr.isTTY) {
    process.stderr.write(ERASE);
  }
}
