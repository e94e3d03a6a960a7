import * as vscode from 'vscode';

/** Section of what is set of exemplars. */
export const EXEMPLAR_SETTINGS = 'variorum.exemplars';

const DEFAULT_BUDGET = 1500;

/** Tokens that exemplars may take of a request, at most; 0 shows a model none. */
export function exemplarBudget(scope?: vscode.ConfigurationScope): number {
  const given = vscode.workspace.getConfiguration(EXEMPLAR_SETTINGS, scope).get<unknown>('budget');
  return typeof given === 'number' && given >= 0 ? given : DEFAULT_BUDGET;
}

/** How a file is named to people, in the index and in requests for exemplars. */
export function exemplarPath(uri: vscode.Uri): string {
  return uri.scheme === 'untitled' ? uri.toString(true) : vscode.workspace.asRelativePath(uri);
}
