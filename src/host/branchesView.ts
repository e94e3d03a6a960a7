import * as vscode from 'vscode';
import { branchesPage } from './branchesPage';
import { BranchesPort, type BranchesSource } from './branchesPort';

export const BRANCHES_VIEW = 'variorum.branches';
const BRANCHES_PANEL = 'variorum.branchesPanel';

/** The Branches view in the side bar, and the same page as wide as an editor tab. */
export class BranchesView implements vscode.WebviewViewProvider, vscode.Disposable {
  #view: vscode.WebviewView | undefined;
  #panel: vscode.WebviewPanel | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly source: BranchesSource,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    view.onDidDispose(() => {
      if (this.#view === view) {
        this.#view = undefined;
      }
    });
    this.#fill(view);
  }

  /** Brings the page up without taking the focus from the editor: the tab if there is one, else the view. */
  async reveal(): Promise<void> {
    if (this.#panel?.visible === true) {
      return;
    }
    if (this.#view) {
      this.#view.show(true);
      return;
    }
    await vscode.commands.executeCommand(`${BRANCHES_VIEW}.focus`, { preserveFocus: true });
  }

  /** Brings the page up with the focus in it. */
  async focus(): Promise<void> {
    if (this.#panel) {
      this.#panel.reveal();
    } else {
      await vscode.commands.executeCommand(`${BRANCHES_VIEW}.focus`);
    }
  }

  /** Shows the page as a tab beside the draft. */
  openInEditor(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      BRANCHES_PANEL,
      vscode.l10n.t('Branches'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { retainContextWhenHidden: false },
    );
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'branches.svg');
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    this.#panel = panel;
    this.#fill(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #fill({ webview, onDidDispose }: vscode.WebviewView | vscode.WebviewPanel): void {
    webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(this.extensionUri, 'dist', 'view'),
        vscode.Uri.joinPath(this.extensionUri, 'media'),
      ],
    };
    const port = new BranchesPort(webview, this.source);
    onDidDispose(() => port.dispose());
    webview.html = branchesPage(webview, this.extensionUri);
  }
}
