import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VariorumError } from '../core/model/error';
import type { LanguageModel } from '../core/model/languageModel';
import { DIALECT_IDS } from '../core/model/openai/dialects/ids';
import { SketchModel } from '../core/model/sketch/sketchModel';
import type * as openai from '../parts/openai';
import { warn } from './output';
import { clock, loadAsset, random } from './platform';
import { BadUsage, choiceOption } from './usage';

/** The options by which every command that talks to a model chooses it. */
export const MODEL_OPTIONS = {
  model: { type: 'string' },
  'base-url': { type: 'string' },
  'api-key-env': { type: 'string' },
  api: { type: 'string' },
  dialect: { type: 'string' },
} as const;

export type ModelValues = { [K in keyof typeof MODEL_OPTIONS]?: string | undefined };

const APIS = ['auto', 'chat', 'completions', 'responses'] as const;
const DIALECTS = ['auto', ...DIALECT_IDS] as const;
/** Longest list of models that is spelt out. */
const LONGEST_LIST = 20;

/**
 * The model a command asked for; Sketch when it asked for none. What a model has to say about itself goes to
 * standard error.
 * @throws BadUsage when the options make no sense, or the server has more than one model to choose from
 * @throws VariorumError when the server cannot be asked
 */
export async function openModel(values: ModelValues, signal: AbortSignal): Promise<LanguageModel> {
  const { model, 'base-url': baseUrl, 'api-key-env': keyName } = values;
  const api = choiceOption('api', values.api, APIS);
  const dialect = choiceOption('dialect', values.dialect, DIALECTS);
  if (baseUrl === undefined) {
    if (model !== undefined && model !== 'sketch') {
      throw new BadUsage(
        `--model ${model} needs --base-url: where is it? Only sketch is built in.`,
      );
    }
    if (keyName !== undefined || api !== undefined || dialect !== undefined) {
      throw new BadUsage('--api-key-env, --api and --dialect go with --base-url.');
    }
    return openSketch();
  }
  const endpoint = {
    baseUrl,
    ...(api === undefined ? {} : { api }),
    ...(dialect === undefined ? {} : { dialect }),
    ...(keyName === undefined ? {} : { key: readKey(keyName) }),
  };
  const { createOpenAiModel, listModels } = await loadOpenAi();
  const parts = { fetch, clock, random };
  const id = model ?? onlyOne(await listModels(endpoint, parts, signal), baseUrl);
  return createOpenAiModel({ ...endpoint, model: id }, parts);
}

async function openSketch(): Promise<LanguageModel> {
  const sketch = new SketchModel({ loadAsset, clock, random });
  await sketch.load();
  const notice = sketch.notice();
  if (notice !== null) {
    warn(notice);
  }
  return sketch;
}

/** The one variable that was named, and no other. */
function readKey(name: string): string {
  const key = process.env[name]?.trim();
  if (!key) {
    throw new BadUsage(`The variable ${name} that --api-key-env names is not set.`);
  }
  return key;
}

function onlyOne(models: readonly openai.ListedModel[], baseUrl: string): string {
  const [first, ...others] = models.map(({ id }) => id);
  if (first === undefined) {
    throw new BadUsage(`${baseUrl} lists no model: name one with --model.`);
  }
  if (others.length > 0) {
    const shown = [first, ...others].slice(0, LONGEST_LIST);
    const more = models.length > shown.length ? [`and ${models.length - shown.length} more`] : [];
    throw new BadUsage(
      `${baseUrl} has several models; choose one with --model: ${[...shown, ...more].join(', ')}`,
    );
  }
  return first;
}

/** The backend lies beside the command and is read only when a server is asked. */
async function loadOpenAi(): Promise<typeof openai> {
  const file = join(__dirname, 'parts', 'openai.mjs');
  try {
    return (await import(pathToFileURL(file).href)) as typeof openai;
  } catch (cause) {
    const detail = {
      code: 'asset-missing',
      message: `A part of Variorum, ${file}, could not be loaded.`,
      action: 'Install it again.',
      retryable: false,
    } as const;
    throw new VariorumError(detail, { cause });
  }
}
