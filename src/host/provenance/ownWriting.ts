import * as vscode from 'vscode';
import { ownPatterns } from './ownPatterns';

const SECTION = 'variorum';
const NAME = 'myWriting';

/** The setting by which writers name files and folders as theirs. */
export const OWN_WRITING = `${SECTION}.${NAME}`;

/** The patterns of what the writer names as theirs in a workspace folder. */
export function ownGlobs(folder: vscode.WorkspaceFolder): readonly vscode.RelativePattern[] {
  const entries = vscode.workspace.getConfiguration(SECTION, folder.uri).get<unknown>(NAME, []);
  return (Array.isArray(entries) ? (entries as unknown[]) : [])
    .flatMap((entry) => (typeof entry === 'string' ? ownPatterns(entry) : []))
    .map((pattern) => new vscode.RelativePattern(folder, pattern));
}

/** Whether a document is one that the writer has named as theirs: what is unknown in it counts as human. */
export function isOwn(document: vscode.TextDocument): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  return (
    folder !== undefined &&
    ownGlobs(folder).some((pattern) => vscode.languages.match({ pattern }, document) > 0)
  );
}
