import * as vscode from 'vscode';

/**
 * A report: a read-only Markdown document, shown in VS Code's own Markdown preview, which screen readers, themes
 * and search know already.
 */
export class ReportPage implements vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;
  readonly #uri: vscode.Uri;
  #text = '';

  /** @param scheme of its address, of no other document */
  constructor(scheme: string, title: string) {
    this.#uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#onDidChange.event,
      provideTextDocumentContent: () => this.#text,
    });
  }

  get text(): string {
    return this.#text;
  }

  async show(text: string): Promise<void> {
    this.#text = text;
    this.#onDidChange.fire(this.#uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', this.#uri);
    } catch {
      // The Markdown extension can be turned off.
      await vscode.window.showTextDocument(this.#uri);
    }
  }

  dispose(): void {
    this.#registered.dispose();
    this.#onDidChange.dispose();
  }
}
