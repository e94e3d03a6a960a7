import { Collector, type CollectedBranch } from '../../core/model/collector';
import type { Options } from '../../core/model/languageModel';
import { DEFAULT_OPTIONS } from '../../core/model/options';
import { withLf } from '../../core/text/lineEnds';
import { cutPassage } from '../../core/text/passage';
import { readInput } from '../input';
import { openModel } from '../model';
import { coloured, printJson, styled, tokenRecord } from '../output';
import { numberOption, parse } from '../usage';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  model: { type: 'string', default: 'sketch' },
  n: { type: 'string' },
  'max-tokens': { type: 'string' },
  temperature: { type: 'string' },
  'top-p': { type: 'string' },
  'min-p': { type: 'string' },
  alternatives: { type: 'string' },
  seed: { type: 'string' },
} as const;

/** `variorum continue`: prints each branch as it finishes. */
export async function continueCommand(args: string[], signal: AbortSignal): Promise<0 | 3> {
  const { values, positionals } = parse({ args, options: OPTIONS, allowPositionals: true });
  const options = modelOptions(values);
  const text = draftOf(await readInput(positionals));
  const model = await openModel(values.model);
  const print = values.json ? printLine : printText;
  const collector = new Collector(options.n);
  for await (const chunk of model.continue(cutPassage(text, text.length), options, signal)) {
    collector.add(chunk);
    const branch = collector.branches[chunk.branch];
    if (branch && chunk.kind !== 'delta') {
      print(model.id, branch);
    }
  }
  return collector.branches.some(({ status }) => status === 'failed') ? 3 : 0;
}

/** The line end that closes a text file is not a paragraph the writer began. */
function draftOf(input: string): string {
  const text = withLf(input);
  return text.endsWith('\n') && !text.endsWith('\n\n') ? text.slice(0, -1) : text;
}

function modelOptions(values: Partial<Record<keyof typeof OPTIONS, string | boolean>>): Options {
  const number = (name: keyof typeof OPTIONS, fallback: number): number =>
    numberOption(name, values[name] as string | undefined) ?? fallback;
  const seed = numberOption('seed', values.seed as string | undefined);
  return {
    n: number('n', DEFAULT_OPTIONS.n),
    maxTokens: number('max-tokens', DEFAULT_OPTIONS.maxTokens),
    temperature: number('temperature', DEFAULT_OPTIONS.temperature),
    topP: number('top-p', DEFAULT_OPTIONS.topP),
    minP: number('min-p', DEFAULT_OPTIONS.minP),
    alternatives: number('alternatives', DEFAULT_OPTIONS.alternatives),
    ...(seed === undefined ? {} : { seed }),
  };
}

function printLine(model: string, { index, text, tokens, finish, error }: CollectedBranch): void {
  printJson({
    index,
    model,
    text,
    finish: finish ?? null,
    tokens: tokens.map((token) => tokenRecord(token, text)),
    flags: [],
    ...(error ? { error } : {}),
  });
}

function printText(_model: string, { index, text, tokens, finish, error }: CollectedBranch): void {
  const how = error ? `${error.message} ${error.action}` : (finish ?? 'cancelled');
  process.stdout.write(`${styled('bold', `${index + 1}.`)} ${coloured(tokens, text).trim()}\n`);
  process.stdout.write(`${styled('dim', `   (${how})`)}\n\n`);
}
