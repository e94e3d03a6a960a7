import * as vscode from 'vscode';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import { settlePlace, targetOf } from './insertBranch';
import { selectionOf } from './placement';

const SCHEME = 'variorum-branch';

/** Compares a document with what it would be with a branch in it. */
export class BranchDiff implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    this.#disposables.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** @throws VariorumError when there is no such branch */
  async show(session: DocumentSession, index: number): Promise<void> {
    const { document, draft, batch } = session;
    const { text } = session.branch(index);
    const active = vscode.window.activeTextEditor;
    const editor = active?.document === document ? active : undefined;
    settlePlace(session);
    const replacing = batch !== undefined && selectionOf(batch.placement) !== undefined;
    const { start, end } = targetOf(session, { replacing }, editor);
    const { path } = document.uri;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: String(++this.#count) });
    this.#texts.set(uri.toString(), draft.text.slice(0, start) + text + draft.text.slice(end));
    const name = vscode.workspace.asRelativePath(document.uri);
    const title = vscode.l10n.t('{0} ↔ with branch {1}', name, index + 1);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title);
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
