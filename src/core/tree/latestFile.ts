import { temporaryName } from './segmentFile';
import type { Store } from './store';

/**
 * A file that is always replaced whole, over a temporary one, so that a crash leaves one or the other.
 * What is overtaken while a write is under way is never written.
 */
export class LatestFile {
  #next: (() => string | undefined) | undefined;
  #saving: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly path: string,
  ) {}

  /**
   * Resolves when this text, or one given later, is written. Rejects with the store's error.
   * @param text made when it is its turn; undefined takes the file away
   */
  save(text: () => string | undefined): Promise<void> {
    this.#next = text;
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    while (this.#next !== undefined) {
      const text = this.#next();
      this.#next = undefined;
      if (text === undefined) {
        // What stays says nothing that is not said elsewhere.
        await this.store.remove(this.path).catch(() => undefined);
        await this.store.remove(temporaryName(this.path)).catch(() => undefined);
        continue;
      }
      const bytes = new TextEncoder().encode(text);
      await this.store.write(temporaryName(this.path), bytes);
      await this.store.rename(temporaryName(this.path), this.path);
    }
  }
}
