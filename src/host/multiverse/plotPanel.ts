import * as vscode from 'vscode';
import { toModelError } from '../../core/model/error';
import type { FromPlot, PlotAction, ToPlot } from '../../plotProtocol';
import { viewPage } from '../branchesPage';
import { Disposables } from '../disposables';
import { exportPlot } from './exportPlot';
import type { Plot } from './plot';

const PLOT_PANEL = 'variorum.multiverse';

/** What a message carries besides its number. */
type Unnumbered = ToPlot extends infer M ? (M extends ToPlot ? Omit<M, 'rev'> : never) : never;

/** The tab that shows a plot: a projection that can be thrown away and replayed. */
export class PlotPanel implements vscode.Disposable {
  readonly #disposables = new Disposables();
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  #rev = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly plot: Plot,
    private readonly fromCursor: () => Promise<void>,
  ) {
    this.#disposables.add(plot.onDidChange(() => this.#sendPlot()));
    this.#disposables.add(plot.onDidGrow((growth) => this.#post({ type: 'grow', ...growth })));
  }

  get visible(): boolean {
    return this.#panel?.visible === true;
  }

  /** Shows the tab beside the draft; the focus stays where it is. */
  reveal(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      PLOT_PANEL,
      vscode.l10n.t('Multiverse'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        retainContextWhenHidden: false,
        localResourceRoots: [
          vscode.Uri.joinPath(this.extensionUri, 'dist', 'view'),
          vscode.Uri.joinPath(this.extensionUri, 'media'),
        ],
      },
    );
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'branches.svg');
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#ready = false;
      this.plot.stop();
    });
    panel.webview.onDidReceiveMessage((message: FromPlot) => void this.#receive(message));
    this.#panel = panel;
    panel.webview.html = viewPage(panel.webview, this.extensionUri, {
      script: 'multiverse',
      styles: ['branches', 'multiverse'],
    });
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#disposables.dispose();
  }

  async #receive(message: FromPlot): Promise<void> {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#sendPlot();
      return;
    }
    try {
      await this.#act(message.action);
    } catch (error) {
      const { message: what, action } = toModelError(error);
      void vscode.window.showErrorMessage(`${what} ${action}`.trim());
    }
  }

  async #act(action: PlotAction): Promise<void> {
    switch (action.kind) {
      case 'from-cursor':
        return this.fromCursor();
      case 'export':
        return exportPlot(action.format, action.data);
      case 'copy':
        await vscode.env.clipboard.writeText(action.text);
        vscode.window.setStatusBarMessage(vscode.l10n.t('The plot is copied as text.'), 3_000);
        return;
      case 'ask':
      case 'stop':
      case 'zoom':
      case 'terms':
      case 'choose-model':
      case 'one-side':
        return this.plot.act(action);
    }
  }

  #sendPlot(): void {
    const plot = this.plot.view();
    if (plot) {
      this.#post({ type: 'plot', plot });
    }
  }

  #post(message: Unnumbered): void {
    if (this.#ready) {
      void this.#panel?.webview.postMessage({ ...message, rev: ++this.#rev });
    }
  }
}
