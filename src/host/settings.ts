import * as vscode from 'vscode';
import { readThresholds, type Thresholds } from '../core/model/confidence';
import { SAMPLER_NAMES, type Options, type Reach } from '../core/model/languageModel';
import { DEFAULT_OPTIONS } from '../core/model/options';
import type { OpeningChoice } from '../core/spread/openings';
import type { Spread } from '../protocol';

const SECTION = 'variorum';
/** Tokens of the draft that go with a request: a long chapter. */
const DEFAULT_CONTEXT = 16_000;

/** How to continue, from the settings that hold for a document. */
export function modelOptions(scope: vscode.ConfigurationScope): Options {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  const seed = settings.get<number | null>('seed', null);
  const reach = settings.get<Reach | 'limit'>('reach', 'limit');
  return {
    n: settings.get('branches', DEFAULT_OPTIONS.n),
    maxTokens: settings.get('maxTokens', DEFAULT_OPTIONS.maxTokens),
    temperature: settings.get('temperature', DEFAULT_OPTIONS.temperature),
    topP: settings.get('topP', DEFAULT_OPTIONS.topP),
    minP: settings.get('minP', DEFAULT_OPTIONS.minP),
    alternatives: DEFAULT_OPTIONS.alternatives,
    context: settings.get('context', DEFAULT_CONTEXT),
    ...samplersSetting(settings),
    ...(seed === null ? {} : { seed }),
    ...(reach === 'limit' ? {} : { reach }),
  };
}

/** Where the samplers are kept that have no setting of their own. */
export const SAMPLERS_KEY = 'samplers';

/** Whatever stands there: what is no number is refused, with its name, when it is used. */
function samplersSetting(settings: vscode.WorkspaceConfiguration): Partial<Options> {
  const value = settings.get<unknown>(SAMPLERS_KEY, {});
  const given = typeof value === 'object' && value !== null ? value : {};
  const known = Object.entries(given).filter(([name]) => isOwnSampler(name));
  return Object.fromEntries(known);
}

function isOwnSampler(name: string): boolean {
  return name !== 'minP' && SAMPLER_NAMES.some((known) => known === name);
}

/** How siblings are asked for. */
export function spreadSetting(scope: vscode.ConfigurationScope): Spread {
  return vscode.workspace.getConfiguration(SECTION, scope).get<Spread>('spread', 'auto');
}

const OPENING_CHOICES = ['likely', 'different'] as const satisfies readonly OpeningChoice[];

/** Which first tokens branches start from that are asked for apart. */
export function openingsSetting(scope: vscode.ConfigurationScope): OpeningChoice {
  const value = vscode.workspace.getConfiguration(SECTION, scope).get('openings');
  return OPENING_CHOICES.find((choice) => choice === value) ?? 'likely';
}

/** When the editor colours tokens of branches; text that was scored is coloured until it is cleared. */
export const COLOUR_MODES = ['lastInsertion', 'always', 'onDemand'] as const;
export type ColourMode = (typeof COLOUR_MODES)[number];

export const editorColours = {
  key: `${SECTION}.editorColours`,
  mode(): ColourMode {
    const value = vscode.workspace.getConfiguration(SECTION).get('editorColours');
    return COLOUR_MODES.find((mode) => mode === value) ?? 'lastInsertion';
  },
};

/** What is shown of confidence, and how. */
export const CONFIDENCE_SECTION = `${SECTION}.confidence`;

/** Whether a branch in the draft ends in a line about its confidence. */
export function showsSummaries(): boolean {
  return vscode.workspace.getConfiguration(CONFIDENCE_SECTION).get('summaries', true);
}

/** Where the steps of confidence begin; undefined where the setting makes no sense. */
export function thresholdsSetting(): Thresholds | undefined {
  return readThresholds(
    vscode.workspace.getConfiguration(CONFIDENCE_SECTION).get('thresholds', {}),
  );
}
