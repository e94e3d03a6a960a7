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
    this.#saving ??= this.#saveAll();
    return this.#saving;
  }

  async #saveAll(): Promise<void> {
    // Not before the caller has the promise.
    await Promise.resolve();
    try {
      for (let next = this.#next; next !== undefined; next = this.#next) {
        this.#next = undefined;
        await this.#replace(next());
      }
    } finally {
      // In the same turn as the last look: what is given from here on begins anew.
      this.#saving = undefined;
    }
  }

  async #replace(text: string | undefined): Promise<void> {
    const temporary = temporaryName(this.path);
    if (text === undefined) {
      // What stays says nothing that is not said elsewhere.
      await this.store.remove(this.path).catch(() => undefined);
      await this.store.remove(temporary).catch(() => undefined);
      return;
    }
    await this.store.write(temporary, new TextEncoder().encode(text));
    await this.store.rename(temporary, this.path);
  }
}
