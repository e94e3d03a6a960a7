import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';
import { withLf } from '../core/text/lineEnds';
import type { Span } from '../core/text/span';
import { takeFrom } from '../core/text/takeFrom';
import type { Batch } from './batch';
import type { Take } from '../protocol';
import type { DocumentSession } from './documentSession';
import type { BranchText } from './sessionRequests';
import { selectionOf } from './placement';
import { rewritePlacement } from './rewritePlace';
import type { Sessions } from './sessions';

/** How a branch goes into the document. */
export interface Choice {
  branch: number;
  /** How much of it, from its beginning; all when absent. */
  take?: Take;
  /** In place of the selection that the batch continued. */
  replacing?: boolean;
}

/**
 * Puts a branch into the document as one undo step, with the caret after it and the focus in the
 * editor. Until the writer types, another choice takes the place of the first; taking a word, sentence
 * or paragraph of a branch that is there in part adds the next one.
 * @throws VariorumError when there is no such branch or the document cannot be edited
 */
export async function insertBranch(
  sessions: Sessions,
  session: DocumentSession,
  choice: Choice,
): Promise<void> {
  const branch = session.branch(choice.branch);
  const inserted = { ...branch, text: takenText(session, branch, choice) };
  // The editor itself would let an extension change what cannot be saved.
  if (await isReadOnly(session.document.uri)) {
    throw cannotEdit(session.document);
  }
  const editor = await editorOf(session.document);
  settlePlace(session);
  const target = targetOf(session, choice, editor);
  session.keeper.keep('insert');
  if (!(await replace(sessions, session, editor, target, inserted.text))) {
    throw cannotEdit(session.document);
  }
  const end = session.draft.positionAt(target.start + inserted.text.length);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(
    new vscode.Range(end, end),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  await session.placed(choice.branch, inserted, target.start);
}

/** Finds the place of a rewrite again, where the writer went on since. @throws VariorumError when it is gone */
export function settlePlace(session: DocumentSession): void {
  const { batch } = session;
  if (batch?.source !== undefined) {
    batch.placement = rewritePlacement(session, batch, batch.source);
  }
}

/** The stretch of the document (LF offsets) that a choice takes the place of. */
export function targetOf(
  { batch, draft }: DocumentSession,
  choice: Pick<Choice, 'replacing'>,
  editor: vscode.TextEditor | undefined,
): Span {
  const { placement } = batch ?? {};
  const selection = replacedSelection(batch, choice);
  switch (placement?.kind) {
    case 'placed':
      return placement.span;
    case 'anchor':
      return selection ?? { start: placement.at, end: placement.at };
    case 'caret':
    case undefined: {
      const caret = editor ? draft.offsetAt(editor.selection.end) : draft.text.length;
      return { start: caret, end: caret };
    }
  }
}

/** The selection that a choice takes the place of; of rewrites every one does where there is a selection. */
function replacedSelection(
  batch: Batch | undefined,
  { replacing }: Pick<Choice, 'replacing'>,
): Span | undefined {
  const selection = batch && selectionOf(batch.placement);
  if (replacing === true && !selection) {
    throw nothingSelected();
  }
  return (replacing ?? batch?.source !== undefined) ? selection : undefined;
}

function takenText(
  { batch }: DocumentSession,
  { text }: BranchText,
  { branch, take }: Choice,
): string {
  if (take === undefined || take === 'all') {
    return text;
  }
  if (batch?.source !== undefined) {
    throw appliedWhole();
  }
  const placed = batch?.placement;
  const there =
    placed?.kind === 'placed' && placed.branch === branch ? placed.span.end - placed.span.start : 0;
  // A branch that is there whole is cut back; one that is there in part goes on.
  const from = there < text.length ? there : 0;
  return text.slice(0, from + takeFrom(text.slice(from), take));
}

/** Whether what is changed in a document could not be saved. */
export async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
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

/** The document's editor, with the focus. */
export async function editorOf(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const known = active?.document === document ? active : visible;
  // Also moves the focus into the editor, when the choice was made in the panel.
  return vscode.window.showTextDocument(document, {
    ...(known?.viewColumn === undefined ? {} : { viewColumn: known.viewColumn }),
    preserveFocus: false,
  });
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

function nothingSelected(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('These branches do not continue a selection that is still there.'),
    action: vscode.l10n.t('Select what is to be replaced, continue, and choose then.'),
    retryable: false,
  });
}

function appliedWhole(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('A rewrite takes the place of a passage, so it is applied whole.'),
    action: vscode.l10n.t('Apply it, and delete what you do not want of it.'),
    retryable: false,
  });
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
