import * as vscode from 'vscode';
import type { Notice } from '../protocol';
import type { BranchesController } from './branchesController';
import type { BranchesView } from './branchesView';
import type { Models } from './models';
import { isDraft } from './journalPlace';
import type { Sessions } from './sessions';
import { modelOptions } from './settings';

export interface ContinueParts {
  sessions: Sessions;
  models: Models;
  controller: BranchesController;
  view: BranchesView;
}

/**
 * *Variorum: Continue*: branches from the caret, or from the end of the selection, stream into the
 * Branches view. Caret, focus and scroll stay where they are.
 */
export async function continueHere(parts: ContinueParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isDraft(editor.document)) {
    await offerDraft();
    return;
  }
  const { document, selections } = editor;
  // Read before anything is awaited: the writer may go on typing.
  const place = editor.selection.end;
  const [session] = await Promise.all([parts.sessions.open(document), parts.view.reveal()]);
  const model = await parts.models.current();
  parts.controller.show(session);
  await session.continue({
    model,
    at: session.draft.offsetAt(document.validatePosition(place)),
    options: modelOptions(document),
    notices: [...severalCarets(selections.length, place), ...parts.models.notices()],
  });
}

function severalCarets(count: number, place: vscode.Position): Notice[] {
  if (count < 2) {
    return [];
  }
  const message = vscode.l10n.t(
    'There are {0} cursors; this continues from the main one, in line {1}.',
    count,
    place.line + 1,
  );
  return [{ severity: 'info', message }];
}

async function offerDraft(): Promise<void> {
  const create = vscode.l10n.t('New Draft');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Variorum continues the text you are writing. Open a draft and put the cursor where it should go on.',
    ),
    create,
  );
  if (choice === create) {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown' });
    await vscode.window.showTextDocument(document);
  }
}
