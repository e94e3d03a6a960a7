import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Collector, type CollectedBranch } from '../../core/model/collector';
import { isVariorumError, VariorumError, type ModelError } from '../../core/model/error';
import type { LanguageModel, Options } from '../../core/model/languageModel';
import { checkOptions, DEFAULT_OPTIONS } from '../../core/model/options';
import { measureEffect, type RewriteEffect, type Version } from '../../core/rewrite/effect';
import { rewrite } from '../../core/rewrite/rewrite';
import { DEFAULT_LIMITS, type RewriteParts } from '../../core/rewrite/rewriteParts';
import type { RewriteAbout, RewriteRequest } from '../../core/rewrite/rewriting';
import { allStrategies } from '../../core/rewrite/strategies';
import { parseStrategy, type RewriteStrategy } from '../../core/rewrite/strategy';
import { withLf } from '../../core/text/lineEnds';
import { openChecker } from '../checker';
import { exemplarsFrom } from '../exemplars';
import { readFileText, readInput } from '../input';
import { MODEL_OPTIONS, openModel } from '../model';
import { warn } from '../output';
import { clock } from '../platform';
import { Progress } from '../progress';
import { rewritePrinter, type PrintedRewrite } from '../rewritePrinter';
import { BadUsage, numberOption, parse } from '../usage';

const OPTIONS = {
  ...MODEL_OPTIONS,
  json: { type: 'boolean', default: false },
  n: { type: 'string' },
  strategy: { type: 'string', multiple: true },
  strategies: { type: 'string' },
  exemplars: { type: 'string' },
  instruction: { type: 'string' },
  notes: { type: 'string' },
  avoid: { type: 'string', multiple: true },
  tries: { type: 'string' },
  budget: { type: 'string' },
  temperature: { type: 'string' },
  seed: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseValues>['values'];

const DEFAULT_N = 5;
const MOST_TRIES = 10;

/** `variorum rewrite`: versions of a passage that differ. Interrupted, it prints what came. */
export async function rewriteCommand(args: string[], signal: AbortSignal): Promise<0 | 3> {
  const { values, positionals } = parseValues(args);
  const request = await requestOf(values, positionals);
  const checker = await openChecker([]);
  const parts: RewriteParts = {
    strategies: allStrategies(await ownStrategies(values.strategies)),
    flagsOf: async (text) => (await checker(text)).flags,
    ...partOptions(values),
  };
  const model = await openModel(values, signal);
  checkModel(model);
  return new Rewriting(model, request, parts, values.json).run(signal);
}

function parseValues(args: string[]) {
  return parse({ args, options: OPTIONS, allowPositionals: true });
}

async function requestOf(values: Values, positionals: readonly string[]): Promise<RewriteRequest> {
  const source = withLf(await readInput(positionals)).trim();
  const { exemplars, instruction, notes } = values;
  const file = positionals[0] === '-' ? undefined : positionals[0];
  return {
    source,
    before: '',
    after: '',
    ...(instruction?.trim() ? { instruction } : {}),
    ...(notes === undefined ? {} : { notes: withLf(await readFileText(notes)) }),
    exemplars: exemplars === undefined ? [] : await exemplarsFrom(exemplars, source, file),
    n: numberOption('n', values.n) ?? DEFAULT_N,
    strategies: values.strategy ?? [],
    avoid: values.avoid ?? [],
    taken: [],
  };
}

function partOptions(values: Values): Pick<RewriteParts, 'limits' | 'temperature' | 'seed'> {
  const tries = numberOption('tries', values.tries) ?? DEFAULT_LIMITS.tries;
  if (!Number.isInteger(tries) || tries < 1 || tries > MOST_TRIES) {
    throw new BadUsage(`--tries takes a whole number from 1 to ${MOST_TRIES}.`);
  }
  const tokens = numberOption('budget', values.budget) ?? DEFAULT_LIMITS.tokens;
  const temperature = numberOption('temperature', values.temperature);
  const seed = numberOption('seed', values.seed);
  checkSampling({
    temperature: temperature ?? DEFAULT_OPTIONS.temperature,
    ...(seed === undefined ? {} : { seed }),
  });
  return {
    limits: { tries, tokens },
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** @throws BadUsage naming the first that is out of range */
function checkSampling(options: Pick<Options, 'temperature' | 'seed'>): void {
  try {
    checkOptions({ ...DEFAULT_OPTIONS, ...options });
  } catch (error) {
    throw isVariorumError(error) ? new BadUsage(error.message) : error;
  }
}

async function ownStrategies(folder: string | undefined): Promise<RewriteStrategy[]> {
  if (folder === undefined) {
    return [];
  }
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadUsage(`Cannot read the folder ${folder}: ${code ?? String(error)}.`);
  }
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return parseStrategy(file, await readFileText(file));
    }),
  );
}

/** @throws VariorumError that says what to connect, and how on the command line */
function checkModel(model: LanguageModel): void {
  if (model.answer === undefined) {
    throw new VariorumError({
      code: 'unsupported',
      message: `${model.label} cannot rewrite: it goes on with a text and cannot be told what to do with one.`,
      action:
        'Connect a model that can with --base-url, for example --base-url http://127.0.0.1:11434/v1 for Ollama, or an API with --api-key-env.',
      retryable: false,
    });
  }
}

/** One run: what comes is printed branch by branch, or as one JSON line at the end. */
class Rewriting {
  readonly #collector: Collector;
  readonly #abouts = new Map<number, RewriteAbout>();

  constructor(
    private readonly model: LanguageModel,
    private readonly request: RewriteRequest,
    private readonly parts: RewriteParts,
    private readonly json: boolean,
  ) {
    this.#collector = new Collector(request.n);
  }

  async run(signal: AbortSignal): Promise<0 | 3> {
    const { branches } = this.#collector;
    const progress = new Progress(process.stderr, branches, () => clock.now());
    const print = rewritePrinter(this.json, this.model);
    const show = (index: number) => {
      const branch = branches[index];
      if (branch && branch.text !== '') {
        progress.erase();
        print.one(this.#printed(branch));
      }
    };
    try {
      for await (const chunk of rewrite(this.model, this.request, this.parts, signal)) {
        if (chunk.kind === 'about') {
          this.#abouts.set(chunk.branch, chunk.about);
        } else if (chunk.kind !== 'again') {
          this.#collector.add(chunk);
          if (chunk.kind !== 'delta') {
            show(chunk.branch);
          }
        }
        progress.update();
      }
    } catch (error) {
      if (!isVariorumError(error)) {
        throw error;
      }
      if (branches.every(({ text }) => text === '')) {
        // Nothing has come: that is how the command fails.
        throw error;
      }
      this.#collector.close({ error }).forEach(({ index }) => show(index));
    } finally {
      progress.erase();
    }
    const shown = branches.filter(({ text }) => text !== '').map((each) => this.#printed(each));
    print.all(this.request.source, shown, await this.#effect(shown));
    return reportFailures(branches.flatMap(({ error }) => (error ? [error] : [])));
  }

  #printed({ index, text, finish, error }: CollectedBranch): PrintedRewrite {
    return { index, text, finish, error, about: this.#abouts.get(index) };
  }

  async #effect(shown: readonly PrintedRewrite[]): Promise<RewriteEffect> {
    const version = async (text: string): Promise<Version> => ({
      text,
      flags: await this.parts.flagsOf(text, new AbortController().signal),
    });
    const first = shown.map(({ text, about }) => about?.attempts[0]?.text ?? text);
    return measureEffect({
      before: [await version(this.request.source)],
      first: await Promise.all(first.filter((text) => text !== '').map(version)),
      after: await Promise.all(shown.map(({ text }) => version(text))),
    });
  }
}

/** Each different failure once, on standard error. */
function reportFailures(failures: readonly ModelError[]): 0 | 3 {
  new Set(failures.map(({ message, action }) => `${message} ${action}`.trim())).forEach(warn);
  return failures.length > 0 ? 3 : 0;
}
