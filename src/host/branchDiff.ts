import * as vscode from 'vscode';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import { settlePlace, targetOf, type Choice } from './insertBranch';
import { selectionOf } from './placement';

const SCHEME = 'variorum-branch';

/** A choice as a diff shows it. */
export interface Compared {
  session: DocumentSession;
  /** The batch that it is from. */
  batch: string | undefined;
  choice: Choice;
  /** The document with it. */
  text: string;
  /** Closes the comparison, if it is still open. */
  close(): Promise<void>;
}

/** Compares a document with what it would be with a branch in it. */
export class BranchDiff implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #shown = new Map<string, Compared>();
  #count = 0;

  constructor() {
    this.#disposables.add(vscode.workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#shown.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown.get(uri.toString())?.text ?? '';
  }

  /** @throws VariorumError when there is no such branch */
  async show(session: DocumentSession, index: number): Promise<void> {
    const { document, draft, batch } = session;
    const { text } = session.branch(index);
    const active = vscode.window.activeTextEditor;
    const editor = active?.document === document ? active : undefined;
    settlePlace(session);
    const replacing = batch !== undefined && selectionOf(batch.placement) !== undefined;
    const choice = { branch: index, replacing };
    const { start, end } = targetOf(session, choice, editor);
    const { path } = document.uri;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: String(++this.#count) });
    const whole = draft.text.slice(0, start) + text + draft.text.slice(end);
    const close = () => closeDiff(uri);
    this.#shown.set(uri.toString(), { session, batch: batch?.id, choice, text: whole, close });
    const name = vscode.workspace.asRelativePath(document.uri);
    const title = vscode.l10n.t('{0} ↔ with branch {1}', name, index + 1);
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title);
  }

  /** What the diff in front compares; undefined where that is none of ours. */
  inFront(): Compared | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff
      ? this.#shown.get(input.modified.toString())
      : undefined;
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}

async function closeDiff(modified: vscode.Uri): Promise<void> {
  const { tabGroups } = vscode.window;
  const tabs = tabGroups.all.flatMap((group) => group.tabs);
  const open = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === modified.toString(),
  );
  await tabGroups.close(open, true);
}
