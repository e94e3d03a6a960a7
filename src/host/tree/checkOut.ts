import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { typedOf } from '../../core/attachment/typed';
import { planCheckout, type CheckoutSource } from '../../core/tree/checkout';
import type { Attachment, NodeId } from '../../core/tree/node';
import {
  changesBetween,
  isOwn,
  textOf,
  type PieceChange,
  type Pieces,
} from '../../core/tree/version';
import type { DocumentSession } from '../documentSession';
import { editorOf, isReadOnly } from '../insertBranch';

/**
 * *Check Out Path*: the document takes the way through the tree that leads to a node, as one undoable
 * edit. Text that is not on either way stays as it is.
 */
export async function checkOutPath(session: DocumentSession, id: NodeId): Promise<void> {
  const shown = session.keeper.pieces('checkout');
  const pieces = planCheckout(shown, id, checkoutSource(session));
  if (pieces === undefined) {
    throw lostText();
  }
  await showVersion(session, pieces, id);
}

/** What a document would say with a path checked out; undefined when there is no such node. */
export function textWithPath(session: DocumentSession, id: NodeId): string | undefined {
  const pieces = planCheckout(session.keeper.look(), id, checkoutSource(session));
  return pieces && versionText(session, pieces);
}

/** The text of a version; undefined when a node of it is lost. */
export function versionText({ journal }: DocumentSession, pieces: Pieces): string | undefined {
  return textOf(pieces, (node) => journal.tree.node(node)?.text);
}

/**
 * Makes the document show a version as one undoable edit, with its colours.
 * @param target the node that it is about
 * @throws VariorumError when the document cannot be edited or the version is lost
 */
export async function showVersion(
  session: DocumentSession,
  pieces: Pieces,
  target: NodeId,
): Promise<void> {
  const { document, draft, journal, keeper } = session;
  if (await isReadOnly(document.uri)) {
    throw cannotEdit(document);
  }
  const editor = await editorOf(document);
  // Nothing comes between this and the edit.
  const shown = keeper.pieces('checkout');
  const changes = changesBetween(shown, pieces);
  const texts = changes.map((change) => versionText(session, change.pieces));
  if (texts.includes(undefined)) {
    throw lostText();
  }
  if (changes.length === 0) {
    return;
  }
  const isDone = await editor.edit(
    (edit) => {
      changes.forEach((change, i) => edit.replace(draft.rangeOf(change), texts[i] ?? ''));
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
  if (!isDone) {
    throw cannotEdit(document);
  }
  const put = putIn(changes);
  const ownership = (stretch: Attachment) => {
    const node = journal.tree.node(stretch.node);
    return node !== undefined && isOwn(node) ? node.source.kind : 'model';
  };
  draft.addTyped(typedOf(put.filter((stretch) => ownership(stretch) === 'human')));
  const shows = session.shows(put.filter((stretch) => ownership(stretch) === 'model'));
  keeper.show(pieces, target);
  const end = draft.positionAt(put.at(-1)?.end ?? changes.at(-1)?.start ?? 0);
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(
    new vscode.Range(end, end),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  await shows;
}

/** What changes put into the document, in offsets after all of them. */
function putIn(changes: readonly PieceChange[]): Attachment[] {
  let shift = 0;
  return changes.flatMap(({ start, end, pieces }) => {
    const at = start + shift;
    const length = pieces.at(-1)?.end ?? 0;
    shift += length - (end - start);
    return pieces.map((piece) => ({ ...piece, start: piece.start + at, end: piece.end + at }));
  });
}

function checkoutSource({ journal, keeper }: DocumentSession): CheckoutSource {
  const { tree } = journal;
  return { nodeOf: (id) => tree.node(id), rejoinOf: (id) => keeper.rejoinOf(id) };
}

function lostText(): VariorumError {
  return new VariorumError({
    code: 'storage',
    message: vscode.l10n.t('Part of that text is no longer in the tree.'),
    action: vscode.l10n.t('The document is left as it is.'),
    retryable: false,
  });
}

function cannotEdit(document: vscode.TextDocument): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('{0} cannot be edited.', vscode.workspace.asRelativePath(document.uri)),
    action: vscode.l10n.t('Save the draft elsewhere and try again there.'),
    retryable: true,
  });
}
