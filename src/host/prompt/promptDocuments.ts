import * as vscode from 'vscode';
import { Disposables } from '../disposables';

/** The read-only documents that show prompts, one for each draft. */
export class PromptDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts = new Map<string, string>();

  readonly onDidChange = this.#onDidChange.event;

  /** @param scheme one of its own for each kind of prompt */
  constructor(private readonly scheme: string) {
    this.#disposables.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      vscode.l10n.t(
        'This prompt is no longer kept. Run "Variorum: Show Prompt" again in the draft.',
      )
    );
  }

  /** Shows the prompt for a draft; one that is open already is brought up to date. */
  async show(draft: vscode.Uri, text: string): Promise<void> {
    const name = draft.path.slice(draft.path.lastIndexOf('/') + 1);
    const path = `/${vscode.l10n.t('Prompt for {0}', name)}.md`;
    const uri = vscode.Uri.from({ scheme: this.scheme, path, query: draft.toString() });
    this.#texts.set(uri.toString(), text);
    this.#onDidChange.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#disposables.dispose();
  }
}
