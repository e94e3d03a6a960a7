import * as vscode from 'vscode';
import {
  formatReference,
  parseReference,
  type ModelReference,
} from '../../core/model/discovery/modelReference';
import { readEndpoints } from './endpoints';

export const MODELS_SETTING = 'variorum.models';

/** One of the chosen models, or what stands in its place. */
export type Choice =
  | { kind: 'model'; reference: ModelReference }
  /** Not a reference to any model. */
  | { kind: 'unreadable'; text: string }
  /** A workspace names a server that is not among the person's own. */
  | { kind: 'foreign'; reference: ModelReference & { kind: 'endpoint' } };

/** What is chosen; empty when nothing ever was. */
export function readChoices(): Choice[] {
  const { own, workspace } = values();
  if (workspace !== undefined) {
    const known = new Set(readEndpoints().endpoints.map(({ baseUrl }) => baseUrl));
    const chosen = new Set(own);
    return workspace.map((text) => {
      const choice = choiceOf(text);
      const isForeign =
        choice.kind === 'model' &&
        choice.reference.kind === 'endpoint' &&
        !known.has(choice.reference.baseUrl) &&
        !chosen.has(text);
      // A folder may choose among the person's servers, never add one.
      return isForeign
        ? { kind: 'foreign', reference: choice.reference as ModelReference & { kind: 'endpoint' } }
        : choice;
    });
  }
  return (own ?? []).map(choiceOf);
}

/** Writes the choice where the one in force stands: in the person's settings, or the workspace's. */
export async function saveChoices(references: readonly ModelReference[]): Promise<void> {
  const { ConfigurationTarget } = vscode;
  const target =
    values().workspace === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  const texts = references.map(formatReference);
  await vscode.workspace.getConfiguration().update(MODELS_SETTING, texts, target);
}

function values(): { own: string[] | undefined; workspace: string[] | undefined } {
  const inspected = vscode.workspace.getConfiguration().inspect<unknown>(MODELS_SETTING);
  // VS Code leaves restricted settings out by itself; this holds even if that list is ever wrong.
  const mayChoose = vscode.workspace.isTrusted;
  return {
    own: texts(inspected?.globalValue),
    workspace: mayChoose ? texts(inspected?.workspaceValue) : undefined,
  };
}

function texts(value: unknown): string[] | undefined {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) {
    return undefined;
  }
  const all = list.filter((item): item is string => typeof item === 'string' && item !== '');
  return all.length === 0 ? undefined : [...new Set(all)];
}

/** What a text names. */
export function choiceOf(text: string): Choice & { kind: 'model' | 'unreadable' } {
  const reference = parseReference(text);
  return reference ? { kind: 'model', reference } : { kind: 'unreadable', text };
}
