import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

/** Section of what is set of exemplars. */
export const EXEMPLAR_SETTINGS = 'variorum.exemplars';

const DEFAULT_BUDGET = 1500;

/** Tokens that exemplars may take of a request, at most; 0 shows a model none. */
export function exemplarBudget(scope?: vscode.ConfigurationScope): number {
  const given = vscode.workspace.getConfiguration(EXEMPLAR_SETTINGS, scope).get<unknown>('budget');
  return typeof given === 'number' && given >= 0 ? given : DEFAULT_BUDGET;
}

/** The files of a workspace folder that are never read for exemplars, as lines of a `.gitignore` name them. */
export function excludedFiles(folder: vscode.WorkspaceFolder): Ignore {
  const settings = vscode.workspace.getConfiguration(EXEMPLAR_SETTINGS, folder.uri);
  const lines = settings.get<unknown>('exclude');
  const isText = (line: unknown): line is string => typeof line === 'string';
  return ignore().add(Array.isArray(lines) ? lines.filter(isText) : []);
}
