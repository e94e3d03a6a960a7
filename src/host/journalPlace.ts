import * as vscode from 'vscode';
import type { DocumentJournalOptions } from '../core/tree/documentJournal';
import { VARIORUM_FOLDER } from '../core/tree/variorumFolder';
import { WorkspaceStore } from './workspaceStore';

type Place = Pick<DocumentJournalOptions, 'store' | 'root' | 'document'>;

/** Whether a document is something people write, and not an output channel or a diff's left side. */
export function isDraft({ uri }: vscode.TextDocument): boolean {
  return (
    uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined
  );
}

/**
 * Where a document's tree lies: in `.variorum/` of its workspace folder; for documents outside of any,
 * without a file, or on a read-only file system, in the extension's own storage.
 */
export function journalPlace(
  document: Pick<vscode.TextDocument, 'uri'>,
  context: vscode.ExtensionContext,
): Place {
  const { uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder && vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true) {
    const path = uri.path.slice(folder.uri.path.length).replace(/^\//, '');
    return { store: new WorkspaceStore(folder.uri), root: VARIORUM_FOLDER, document: path };
  }
  const storage = context.storageUri ?? context.globalStorageUri;
  return { store: new WorkspaceStore(storage), root: 'documents', document: uri.toString() };
}
