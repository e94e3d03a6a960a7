import * as vscode from 'vscode';

/** The streams of one document that are under way. */
export class Streams implements vscode.Disposable {
  readonly #running = new Set<AbortController>();
  readonly #onDidChange = new vscode.EventEmitter<void>();

  /** One has begun or ended. */
  readonly onDidChange = this.#onDidChange.event;

  get active(): boolean {
    return this.#running.size > 0;
  }

  /** Stops all of them; what came is kept. */
  stop(): void {
    this.#running.forEach((controller) => controller.abort());
  }

  /** Counts work as a stream until it has ended. */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#running.add(controller);
    this.#onDidChange.fire();
    try {
      await work(controller.signal);
    } finally {
      this.#running.delete(controller);
      this.#onDidChange.fire();
    }
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }
}
