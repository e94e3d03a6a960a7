import type * as vscode from 'vscode';
import { toModelError } from '../core/model/error';
import type { Action, BatchView, BranchDelta, ToHost, ToView } from '../protocol';
import type { Review } from './batch';
import { DeltaBuffer } from './deltaBuffer';
import { Disposables } from './disposables';

/** About one message a frame; the first token of a quiet view goes out at once. */
const FLUSH_MILLISECONDS = 16;

/** What the page shows and what its buttons do. */
export interface BranchesSource {
  /** The whole state, built afresh; the page can be thrown away and replayed from it. */
  batch(): BatchView;
  readonly onDidChange: vscode.Event<void>;
  /** Which branch stands in the document now, if any. */
  readonly onDidPlace: vscode.Event<number | null>;
  /** Growth of the branches that `batch()` shows. */
  readonly onDidGrow: vscode.Event<BranchDelta>;
  /** What was found in those branches, when they have ended. */
  readonly onDidReview: vscode.Event<Review>;
  act(action: Action): Promise<void>;
}

/** The messages between a source and one page: a projection, replayed whenever the page says `ready`. */
export class BranchesPort implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #buffer = new DeltaBuffer();
  #ready = false;
  #rev = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastFlush = 0;

  constructor(
    private readonly webview: vscode.Webview,
    private readonly source: BranchesSource,
  ) {
    this.#disposables.add(source.onDidChange(() => this.#sendState()));
    this.#disposables.add(source.onDidPlace((branch) => this.#place(branch)));
    this.#disposables.add(source.onDidGrow((delta) => this.#grow(delta)));
    this.#disposables.add(source.onDidReview((review) => this.#review(review)));
    this.#disposables.add(
      webview.onDidReceiveMessage((message: ToHost) => void this.#receive(message)),
    );
    this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
  }

  dispose(): void {
    this.#ready = false;
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

  #review({ flags, ideas, openness, rewritten }: Review): void {
    if (this.#ready) {
      this.#flush();
      const items = [...flags].map(([index, found]) => {
        const open = openness?.get(index);
        return { index, tokens: [], flags: found, ...(open ? { openness: open } : {}) };
      });
      const about = { ...(ideas ? { ideas } : {}), ...(rewritten ? { rewritten } : {}) };
      this.#post({ type: 'delta', rev: ++this.#rev, items, ...about });
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
    void this.webview.postMessage(message);
  }
}
