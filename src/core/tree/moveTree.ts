import { documentFolder } from './documentFolder';
import { parseSegmentName, segmentName } from './segmentFile';
import { joinPath, type Store } from './store';
import { CACHE_FOLDER, prepareVariorumFolder } from './variorumFolder';

/** Where the tree of a document lies: in the folder of its path below `root`. */
export interface TreeHome {
  store: Store;
  root: string;
  document: string;
}

/**
 * Brings a document's tree to another one, which may have a tree already: the two become one, since a
 * journal is the union of its files. Everything is copied before anything is removed, so that a failure
 * at any point leaves the tree whole where it was. A window that still writes to the old place begins it
 * anew; moving again joins what it wrote.
 * @returns how many files there were
 * @throws what the stores throw
 */
export async function moveTree(from: TreeHome, to: TreeHome): Promise<number> {
  const source = joinPath(from.root, documentFolder(from.document));
  const target = joinPath(to.root, documentFolder(to.document));
  const moved: string[] = [];
  for (const folder of ['', CACHE_FOLDER]) {
    const names = await from.store.list(joinPath(source, folder));
    for (const name of names) {
      if (moved.length === 0) {
        await prepareVariorumFolder(to.store, to.root);
      }
      const path = joinPath(source, folder, name);
      const bytes = await from.store.read(path);
      if (bytes !== undefined) {
        await copyInto(to.store, joinPath(target, folder), name, bytes);
        moved.push(path);
      }
    }
  }
  for (const path of moved) {
    await from.store.remove(path);
  }
  return moved.length;
}

/** Writes a file beside those that are there; of two that went apart both stay. */
async function copyInto(
  store: Store,
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const there = await store.read(joinPath(folder, name));
  if (there !== undefined && beginsWith(there, bytes)) {
    return;
  }
  if (there === undefined || beginsWith(bytes, there)) {
    await store.write(joinPath(folder, name), bytes);
    return;
  }
  const segment = parseSegmentName(name);
  if (segment !== undefined) {
    await store.write(joinPath(folder, await freeName(store, folder, segment.writer)), bytes);
  }
}

/** A segment of the same writer, behind all that are there: which number holds an event means nothing. */
async function freeName(store: Store, folder: string, writer: string): Promise<string> {
  const numbers = (await store.list(folder))
    .flatMap((name) => parseSegmentName(name) ?? [])
    .filter((segment) => segment.writer === writer)
    .map(({ segment }) => segment);
  return segmentName(writer, Math.max(...numbers) + FAR);
}

/** Well beyond what a window that still writes will come to. */
const FAR = 100_000;

function beginsWith(whole: Uint8Array, start: Uint8Array): boolean {
  return whole.length >= start.length && start.every((byte, i) => whole[i] === byte);
}
