import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** The files below some folders that hold a text, in any encoding that keeps ASCII. */
export function filesHolding(text: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path).includes(text)),
  );
}

/** Waits until something holds; fails with what was expected when it never does. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 200, `never happened: ${what}`);
    await setTimeout(100);
  }
}

/** The names of what a page keeps in its browser, storage and databases, that holds a text. */
export async function storageHolding(page: Page, text: string): Promise<string[]> {
  const kept = await page.evaluate(dumpStorage);
  return Object.keys(kept).filter((name) => kept[name]?.includes(text));
}

/** Runs in the page: everything it keeps, as text, by name. Functions with names of their own do not get there. */
async function dumpStorage(): Promise<Record<string, string>> {
  const kept: Record<string, string> = {
    localStorage: JSON.stringify(Object.entries(localStorage)),
  };
  const read = {
    answer<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    },
    plain(value: unknown): unknown {
      return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    },
  };
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await read.answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        read.answer(objects.getAllKeys()),
        read.answer(objects.getAll()),
      ]);
      kept[`${name}/${store}`] = JSON.stringify([keys, values.map((value) => read.plain(value))]);
    }
    database.close();
  }
  return kept;
}
