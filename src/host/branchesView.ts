import * as vscode from 'vscode';
import { toModelError } from '../core/model/error';
import type { Action, BatchView, BranchDelta, ToHost, ToView } from '../protocol';
import { Disposables } from './disposables';
import { DeltaBuffer } from './deltaBuffer';
import { branchesPage } from './branchesPage';

export const BRANCHES_VIEW = 'variorum.branches';

/** About one message a frame; the first token of a quiet view goes out at once. */
const FLUSH_MILLISECONDS = 16;

/** What the view shows and what its buttons do. */
export interface BranchesSource {
  /** The whole state, built afresh; the view can be thrown away and replayed from it. */
  batch(): BatchView;
  readonly onDidChange: vscode.Event<void>;
  /** Which branch stands in the document now, if any. */
  readonly onDidPlace: vscode.Event<number | null>;
  /** Growth of the branches that `batch()` shows. */
  readonly onDidGrow: vscode.Event<BranchDelta>;
  act(action: Action): Promise<void>;
}

/** The Branches view: a projection of its source, replayed whenever the webview says `ready`. */
export class BranchesView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #buffer = new DeltaBuffer();
  #view: vscode.WebviewView | undefined;
  #ready = false;
  #rev = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFlush = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly source: BranchesSource,
  ) {
    this.#disposables.add(source.onDidChange(() => this.#sendState()));
    this.#disposables.add(source.onDidPlace((branch) => this.#place(branch)));
    this.#disposables.add(source.onDidGrow((delta) => this.#grow(delta)));
    this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = {
      enableScripts: true,
      localResourceRoots: [
        vscode.Uri.joinPath(this.extensionUri, 'dist', 'view'),
        vscode.Uri.joinPath(this.extensionUri, 'media'),
      ],
    };
    view.webview.onDidReceiveMessage((message: ToHost) => void this.#receive(message));
    view.onDidDispose(() => {
      if (this.#view === view) {
        this.#view = undefined;
        this.#ready = false;
      }
    });
    view.webview.html = branchesPage(view.webview, this.extensionUri);
  }

  /** Brings the view up without taking the focus from the editor. */
  async reveal(): Promise<void> {
    if (this.#view) {
      this.#view.show(true);
      return;
    }
    await vscode.commands.executeCommand(`${BRANCHES_VIEW}.focus`, { preserveFocus: true });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #receive(message: ToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendState();
        break;
      case 'do':
        await this.#act(message.id, message.action);
        break;
    }
  }

  async #act(id: number, action: Action): Promise<void> {
    try {
      await this.source.act(action);
      this.#post({ type: 'reply', re: id });
    } catch (error) {
      this.#post({ type: 'reply', re: id, error: toModelError(error) });
    }
  }

  #sendState(): void {
    this.#buffer.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#ready) {
      this.#post({ type: 'state', rev: ++this.#rev, batch: this.source.batch() });
    }
  }

  #grow(delta: BranchDelta): void {
    if (!this.#ready) {
      return;
    }
    this.#buffer.add(delta);
    if (this.#timer !== undefined) {
      return;
    }
    const wait = Math.max(0, this.#lastFlush + FLUSH_MILLISECONDS - Date.now());
    this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #place(inserted: number | null): void {
    if (this.#ready) {
      this.#flush();
      this.#post({ type: 'delta', rev: ++this.#rev, items: [], inserted });
    }
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlush = Date.now();
    const items = this.#buffer.take();
    if (items.length > 0) {
      this.#post({ type: 'delta', rev: ++this.#rev, items });
    }
  }

  #post(message: ToView): void {
    void this.#view?.webview.postMessage(message);
  }
}
