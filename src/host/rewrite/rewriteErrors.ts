import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';

function refused(message: string, action: string): VariorumError {
  return new VariorumError({ code: 'bad-request', message, action, retryable: false });
}

export function noDraft(): VariorumError {
  return refused(
    vscode.l10n.t('There is no draft in front to rewrite something of.'),
    vscode.l10n.t('Open one, and select the passage or put the cursor in a sentence.'),
  );
}

export function nothingThere(): VariorumError {
  return refused(
    vscode.l10n.t('There is nothing to rewrite here: no word is selected or stands at the cursor.'),
    vscode.l10n.t('Select a passage, or put the cursor in a sentence.'),
  );
}

export function tooLong(characters: number, most: number): VariorumError {
  return refused(
    vscode.l10n.t(
      'The passage is too long to rewrite at once: {0} characters, where about {1} are the most.',
      characters,
      most,
    ),
    vscode.l10n.t('Select a scene or a few paragraphs of it.'),
  );
}

export function notYours(): VariorumError {
  return refused(
    vscode.l10n.t(
      'Only your own text can be pinned as an example, and what was rewritten here is no passage of the draft that still stands.',
    ),
    vscode.l10n.t('Select a passage of your own and pin that.'),
  );
}

export function noWorkspace(): VariorumError {
  return refused(
    vscode.l10n.t('Rewrite strategies lie in the workspace, and no folder is open.'),
    vscode.l10n.t('Open the folder that your drafts are in.'),
  );
}

export function untrusted(): VariorumError {
  return refused(
    vscode.l10n.t(
      'Rewrite strategies of a workspace decide what models are told, so they are used only where you trust it.',
    ),
    vscode.l10n.t('Trust this workspace with "Workspaces: Manage Workspace Trust".'),
  );
}
