import type * as vscode from 'vscode';
import type { ExemplarWishes } from '../../core/exemplars/chooseExemplars';

const PINNED = 'variorum.exemplars.pinned';
const EXCLUDED = 'variorum.exemplars.excluded';

/** What the writer pinned and excluded in this workspace: ids of exemplars, no text. */
export class Wishes {
  constructor(private readonly memory: vscode.Memento) {}

  current(): ExemplarWishes {
    return { pinned: this.#ids(PINNED), excluded: new Set(this.#ids(EXCLUDED)) };
  }

  /** Pins, which ends an exclusion. */
  async pin(ids: readonly string[]): Promise<void> {
    await this.#set(PINNED, [...this.#ids(PINNED), ...ids]);
    await this.include(ids);
  }

  async unpin(ids: readonly string[]): Promise<void> {
    await this.#set(PINNED, without(this.#ids(PINNED), ids));
  }

  /** Excludes, which ends a pin. */
  async exclude(ids: readonly string[]): Promise<void> {
    await this.#set(EXCLUDED, [...this.#ids(EXCLUDED), ...ids]);
    await this.unpin(ids);
  }

  async include(ids: readonly string[]): Promise<void> {
    await this.#set(EXCLUDED, without(this.#ids(EXCLUDED), ids));
  }

  #ids(key: string): readonly string[] {
    const ids = this.memory.get<unknown>(key, []);
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [];
  }

  async #set(key: string, ids: readonly string[]): Promise<void> {
    await this.memory.update(key, [...new Set(ids)]);
  }
}

function without(ids: readonly string[], gone: readonly string[]): string[] {
  return ids.filter((id) => !gone.includes(id));
}
