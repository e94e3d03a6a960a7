import type * as vscode from 'vscode';

/** Does work for each of some things once nothing was asked for it for a while; asking again gives up what runs. */
export class Latest<K extends object> implements vscode.Disposable {
  readonly #timers = new Map<K, ReturnType<typeof setTimeout>>();
  readonly #running = new Map<K, AbortController>();

  constructor(
    private readonly rest: number,
    private readonly work: (key: K, signal: AbortSignal) => Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  ask(key: K): void {
    this.cancel(key);
    this.#timers.set(
      key,
      setTimeout(() => void this.#run(key), this.rest),
    );
  }

  cancel(key: K): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#running.get(key)?.abort();
    this.#running.delete(key);
  }

  dispose(): void {
    [...this.#timers.keys(), ...this.#running.keys()].forEach((key) => this.cancel(key));
  }

  async #run(key: K): Promise<void> {
    this.#timers.delete(key);
    const controller = new AbortController();
    this.#running.set(key, controller);
    try {
      await this.work(key, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) {
        this.log.error(error instanceof Error ? error : String(error));
      }
    }
    if (this.#running.get(key) === controller) {
      this.#running.delete(key);
    }
  }
}
