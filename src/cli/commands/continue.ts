import { Collector, type CollectedBranch } from '../../core/model/collector';
import { isVariorumError, VariorumError } from '../../core/model/error';
import type { LanguageModel, Options, Passage, Prompt } from '../../core/model/languageModel';
import { checkOptions, DEFAULT_OPTIONS } from '../../core/model/options';
import { limitReach } from '../../core/model/reach';
import { hearsInstruction } from '../../core/prompt/hearsInstruction';
import { withLf } from '../../core/text/lineEnds';
import { cutPassage } from '../../core/text/passage';
import { branchPrinter } from '../branchPrinter';
import { readInput } from '../input';
import { MODEL_OPTIONS, openModel } from '../model';
import { warn } from '../output';
import { clock } from '../platform';
import { Progress } from '../progress';
import { BadUsage, choiceOption, numberOption, parse } from '../usage';

const OPTIONS = {
  ...MODEL_OPTIONS,
  json: { type: 'boolean', default: false },
  reach: { type: 'string' },
  instruction: { type: 'string' },
  n: { type: 'string' },
  'max-tokens': { type: 'string' },
  context: { type: 'string' },
  temperature: { type: 'string' },
  'top-p': { type: 'string' },
  'min-p': { type: 'string' },
  alternatives: { type: 'string' },
  seed: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseValues>['values'];

const REACHES = ['sentence', 'paragraph', 'scene'] as const;

/** `variorum continue`: prints each branch as it finishes. Interrupted, it prints what came. */
export async function continueCommand(args: string[], signal: AbortSignal): Promise<0 | 3> {
  const { values, positionals } = parseValues(args);
  const options = modelOptions(values);
  const passage = passageOf(await readInput(positionals), values.instruction);
  const model = await openModel(values, signal);
  warnOfSilence(model, passage, options);
  const collector = new Collector(options.n);
  const progress = new Progress(process.stderr, collector.branches, () => clock.now());
  const print = await branchPrinter({ json: values.json, model, passage });
  const finished = async (branches: readonly CollectedBranch[]) => {
    progress.erase();
    for (const branch of branches) {
      await print(branch);
    }
  };
  try {
    const stream = limitReach(model.continue(passage, options, signal), options.reach, {
      n: options.n,
      before: passage.before,
    });
    for await (const chunk of stream) {
      collector.add(chunk);
      const branch = collector.branches[chunk.branch];
      if (branch && chunk.kind !== 'delta') {
        await finished([branch]);
      }
      progress.update();
    }
    await finished(collector.close(signal.aborted ? { cancelled: true } : endedEarly()));
  } catch (error) {
    if (!isVariorumError(error)) {
      throw error;
    }
    await finished(collector.close(signal.aborted ? { cancelled: true } : { error }));
  } finally {
    progress.erase();
  }
  warnOfCut(model.prompt(passage, options));
  return reportFailures(collector.branches);
}

function parseValues(args: string[]) {
  return parse({ args, options: OPTIONS, allowPositionals: true });
}

/** The draft before its end. The line end that closes a text file is not a paragraph the writer began. */
function passageOf(input: string, instruction: string | undefined): Passage {
  const text = withLf(input);
  const draft = text.endsWith('\n') && !text.endsWith('\n\n') ? text.slice(0, -1) : text;
  const asked = instruction?.trim();
  return { ...cutPassage(draft, draft.length), ...(asked ? { instruction: asked } : {}) };
}

/** @throws BadUsage naming the first that is out of range */
function modelOptions(values: Values): Options {
  const number = (name: NumericName, fallback: number): number =>
    numberOption(name, values[name]) ?? fallback;
  const seed = numberOption('seed', values.seed);
  const context = numberOption('context', values.context);
  const reach = choiceOption('reach', values.reach, REACHES);
  const options = {
    n: number('n', DEFAULT_OPTIONS.n),
    maxTokens: number('max-tokens', DEFAULT_OPTIONS.maxTokens),
    temperature: number('temperature', DEFAULT_OPTIONS.temperature),
    topP: number('top-p', DEFAULT_OPTIONS.topP),
    minP: number('min-p', DEFAULT_OPTIONS.minP),
    alternatives: number('alternatives', DEFAULT_OPTIONS.alternatives),
    ...(seed === undefined ? {} : { seed }),
    ...(context === undefined ? {} : { context }),
    ...(reach === undefined ? {} : { reach }),
  };
  try {
    checkOptions(options);
  } catch (error) {
    throw isVariorumError(error) ? new BadUsage(error.message) : error;
  }
  return options;
}

type NumericName = Exclude<
  keyof typeof OPTIONS,
  'json' | 'reach' | 'instruction' | 'seed' | 'context'
> &
  keyof Values;

/** Says what this model makes nothing of. */
function warnOfSilence(model: LanguageModel, passage: Passage, options: Options): void {
  if (!hearsInstruction(model.prompt(passage, options), passage)) {
    warn(`${model.label} takes no instruction: --instruction changes nothing.`);
  }
}

/** Says what the model had no room for, as its answers have shown. */
function warnOfCut({ cut }: Prompt): void {
  if (cut?.limit !== undefined) {
    const characters = cut.earlier + cut.before + cut.after;
    warn(
      `The model takes about ${Math.floor(cut.limit)} tokens at once: ${characters} characters farthest from the end were not sent.`,
    );
  }
}

function endedEarly(): { error: unknown } {
  const detail = {
    code: 'stream',
    message: 'The model stopped sending before it had ended.',
    action: 'Try again.',
    retryable: true,
  } as const;
  return { error: new VariorumError(detail) };
}

/** Each different failure once, on standard error. */
function reportFailures(branches: readonly CollectedBranch[]): 0 | 3 {
  const failures = branches.flatMap(({ error }) => (error ? [error] : []));
  const texts = new Set(failures.map(({ message, action }) => `${message} ${action}`.trim()));
  texts.forEach(warn);
  return failures.length > 0 ? 3 : 0;
}
