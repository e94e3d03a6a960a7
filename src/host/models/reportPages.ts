import * as vscode from 'vscode';

const SCHEME = 'variorum-model';

/** What models can do: a read-only Markdown document, shown in VS Code's own preview. */
export class ReportPages implements vscode.Disposable {
  readonly #onDidChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;
  readonly #uri = vscode.Uri.from({
    scheme: SCHEME,
    path: `/${vscode.l10n.t('What the Model Can Do')}.md`,
  });
  #text = '';

  constructor() {
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
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
