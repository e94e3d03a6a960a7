import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { NodeId } from '../../core/tree/node';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { textWithPath } from './checkOut';
import { titleOf } from './nodeItem';

const SCHEME = 'variorum-node';

/** Texts that stand beside others in a diff, for as long as they are open. */
export class TextShelf implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    const { workspace } = vscode;
    this.#disposables.add(workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.#disposables.add(
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** A document that holds a text; named after another one, so that it looks the same. */
  put(text: string, like: vscode.Uri): vscode.Uri {
    const { path } = like;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: String(++this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

/** Compares two nodes with each other, or the document with what it would be with one checked out. */
export async function compareNodes(
  session: DocumentSession,
  nodes: readonly NodeId[],
  shelf: TextShelf,
): Promise<void> {
  const { document, journal } = session;
  const [one, other, ...more] = nodes.flatMap((id) => journal.tree.node(id) ?? []);
  if (!one || more.length > 0) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('Two nodes can be compared at a time.'),
      action: vscode.l10n.t('Select two, or one to compare it with the document.'),
      retryable: false,
    });
  }
  const name = titleOf(journal.tree, one);
  if (other) {
    const title = `${name} ↔ ${titleOf(journal.tree, other)}`;
    await diff(shelf.put(one.text, document.uri), shelf.put(other.text, document.uri), title);
    return;
  }
  const text = textWithPath(session, one.id) ?? one.text;
  const path = vscode.workspace.asRelativePath(document.uri);
  const title = vscode.l10n.t('{0} ↔ with “{1}”', path, name);
  await diff(document.uri, shelf.put(text, document.uri), title);
}

export async function diff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}
