import * as vscode from 'vscode';
import type { Options, Reach } from '../core/model/languageModel';
import { DEFAULT_OPTIONS } from '../core/model/options';
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
    ...(seed === null ? {} : { seed }),
    ...(reach === 'limit' ? {} : { reach }),
  };
}

/** How siblings are asked for. */
export function spreadSetting(scope: vscode.ConfigurationScope): Spread {
  return vscode.workspace.getConfiguration(SECTION, scope).get<Spread>('spread', 'auto');
}

/** Whether text from branches is coloured in the editor. */
export const tokenColors = {
  key: `${SECTION}.tokenColors.enabled`,
  enabled: () => vscode.workspace.getConfiguration(SECTION).get('tokenColors.enabled', true),
  async toggle(): Promise<void> {
    const settings = vscode.workspace.getConfiguration(SECTION);
    await settings.update(
      'tokenColors.enabled',
      !tokenColors.enabled(),
      vscode.ConfigurationTarget.Global,
    );
  },
};
