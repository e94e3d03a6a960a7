import * as vscode from 'vscode';
import { withLf } from '../core/text/lineEnds';
import type { Span } from '../core/text/span';
import { VariorumError } from '../core/model/error';
import type { DocumentSession } from './documentSession';
import type { Sessions } from './sessions';

/**
 * Puts a branch into the document as one undo step, with the caret after it and the focus in the
 * editor. Until the writer types, another choice takes the place of the first.
 * @throws VariorumError when there is no such branch or the document cannot be edited
 */
export async function insertBranch(
  sessions: Sessions,
  session: DocumentSession,
  index: number,
): Promise<void> {
  const inserted = session.branch(index);
  // The editor itself would let an extension change what cannot be saved.
  if (await isReadOnly(session.document.uri)) {
    throw cannotEdit(session.document);
  }
  const editor = await editorOf(session.document);
  const target = targetOf(session, editor);
  if (!(await replace(sessions, session, editor, target, inserted.text))) {
    throw cannotEdit(session.document);
  }
  const end = session.draft.positionAt(target.start + inserted.text.length);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(
    new vscode.Range(end, end),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  await session.placed(index, inserted, target.start);
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  const { fs } = vscode.workspace;
  if (uri.scheme === 'untitled') {
    return false;
  }
  if (fs.isWritableFileSystem(uri.scheme) === false) {
    return true;
  }
  try {
    return (await fs.stat(uri)).permissions === vscode.FilePermission.Readonly;
  } catch {
    // Deleted under the open draft: it can be edited, and saved anew.
    return false;
  }
}

async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const known = active?.document === document ? active : visible;
  // Also moves the focus into the editor, when the choice was made in the panel.
  return vscode.window.showTextDocument(document, {
    ...(known?.viewColumn === undefined ? {} : { viewColumn: known.viewColumn }),
    preserveFocus: false,
  });
}

function targetOf({ batch, draft }: DocumentSession, editor: vscode.TextEditor): Span {
  switch (batch?.placement.kind) {
    case 'placed':
      return batch.placement.span;
    case 'anchor':
      return { start: batch.placement.at, end: batch.placement.at };
    case 'caret':
    case undefined: {
      const caret = draft.offsetAt(editor.selection.end);
      return { start: caret, end: caret };
    }
  }
}

function replace(
  sessions: Sessions,
  { draft, document }: DocumentSession,
  editor: vscode.TextEditor,
  target: Span,
  text: string,
): Thenable<boolean> {
  const range = draft.rangeOf(target);
  const isOwn = (event: vscode.TextDocumentChangeEvent) =>
    event.document === document &&
    event.contentChanges.some((change) => withLf(change.text) === text);
  return sessions.editing(isOwn, () =>
    editor.edit((edit) => edit.replace(range, text), { undoStopBefore: true, undoStopAfter: true }),
  );
}

function cannotEdit(document: vscode.TextDocument): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('{0} cannot be edited.', vscode.workspace.asRelativePath(document.uri)),
    action: vscode.l10n.t(
      'The branch is kept; copy it from its card, or save the draft elsewhere.',
    ),
    retryable: true,
  });
}
