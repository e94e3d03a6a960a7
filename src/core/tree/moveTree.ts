import { documentFolder } from './documentFolder';
import { shortHash } from './hash';
import { joinPath, type Store } from './store';
import { CACHE_FOLDER, prepareVariorumFolder } from './variorumFolder';

/** Where the tree of a document lies: in the folder of its path below `root`. */
export interface TreeHome {
  store: Store;
  root: string;
  document: string;
}

interface Copied {
  /** In the store it was copied from. */
  folder: string;
  /** Where the copy lies. */
  target: string;
  name: string;
  bytes: Uint8Array;
}

/**
 * Brings a document's tree to another one, which may have a tree already: the two become one, since a
 * journal is the union of its files. Everything is copied before anything is removed, so that a failure
 * at any point leaves the tree whole where it was. A window that still writes to the old place begins it
 * anew; moving again joins what it wrote, and of files that went apart meanwhile keeps both.
 * @returns how many files there were
 * @throws what the stores throw
 */
export async function moveTree(from: TreeHome, to: TreeHome): Promise<number> {
  const source = joinPath(from.root, documentFolder(from.document));
  const target = joinPath(to.root, documentFolder(to.document));
  const copied: Copied[] = [];
  for (const sub of ['', CACHE_FOLDER]) {
    const folder = joinPath(source, sub);
    for (const name of await from.store.list(folder)) {
      if (copied.length === 0) {
        await prepareVariorumFolder(to.store, to.root);
      }
      const bytes = await from.store.read(joinPath(folder, name));
      if (bytes !== undefined) {
        const copy = { folder, target: joinPath(target, sub), name, bytes };
        await copyInto(to.store, copy);
        copied.push(copy);
      }
    }
  }
  for (const copy of copied) {
    await takeAway(from.store, to.store, copy);
  }
  return copied.length;
}

/** Writes a file beside those that are there; of two that went apart both stay. */
async function copyInto(store: Store, copy: Omit<Copied, 'folder'>): Promise<void> {
  const { target, name, bytes } = copy;
  const path = joinPath(target, name);
  const there = await store.read(path);
  if (there === undefined || beginsWith(bytes, there)) {
    await store.write(path, bytes);
  } else if (!beginsWith(there, bytes)) {
    await copyInto(store, { target, name: otherName(name, bytes), bytes });
  }
}

/**
 * Removes a file that was copied. Another window may write it at any moment, so it is first put under a
 * name that nobody writes to, and what it has gained since it was copied goes along. After a crash in
 * between, it is read under that name.
 */
async function takeAway(store: Store, to: Store, copy: Copied): Promise<void> {
  const { folder, name, bytes } = copy;
  const path = joinPath(folder, name);
  const aside = joinPath(folder, otherName(name, bytes));
  try {
    await store.rename(path, aside);
  } catch (error) {
    if ((await store.read(path)) === undefined) {
      return;
    }
    throw error;
  }
  const now = await store.read(aside);
  if (now !== undefined && !beginsWith(bytes, now)) {
    await copyInto(to, { ...copy, bytes: now });
  }
  await store.remove(aside);
}

const OWN_NAME = /^[0-9a-z]{4,32}-(.+?)(?:\.tmp)?$/;

/**
 * A name under which readers find a file as they do under its own: they take all of a kind, whoever
 * wrote them. It follows from what the file says, so that the same file never gets two.
 */
function otherName(name: string, bytes: Uint8Array): string {
  const writer = shortHash(name + new TextDecoder().decode(bytes));
  return `${writer}-${OWN_NAME.exec(name)?.[1] ?? name}`;
}

function beginsWith(whole: Uint8Array, start: Uint8Array): boolean {
  return whole.length >= start.length && start.every((byte, i) => whole[i] === byte);
}
