import type * as vscode from 'vscode';
import { documentFolder } from '../../core/tree/documentFolder';
import { joinPath } from '../../core/tree/store';
import { prepareVariorumFolder, VARIORUM_FOLDER } from '../../core/tree/variorumFolder';
import { journalPlace } from '../journalPlace';

/** How far an allowance that is kept in a file reaches. */
export type AllowLevel = 'here' | 'workspace';

/** A phrase a line, for people to read and edit. */
export const ALLOW_FILE = 'allow.txt';

/**
 * Allowed phrases, beside the trees: `.variorum/<document>/allow.txt` for one document and
 * `.variorum/allow.txt` for all of its workspace folder, so that they go where the draft goes.
 */
export class AllowStore {
  constructor(private readonly context: vscode.ExtensionContext) {}

  /** Phrases allowed at a level, in the order in which they were. */
  async read(document: vscode.TextDocument, level: AllowLevel): Promise<readonly string[]> {
    const { store, path } = this.#file(document, level);
    const bytes = await store.read(path);
    return new TextDecoder()
      .decode(bytes)
      .split(/\r\n?|\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  }

  async add(document: vscode.TextDocument, level: AllowLevel, phrase: string): Promise<void> {
    const { store, path, root } = this.#file(document, level);
    if (root === VARIORUM_FOLDER) {
      await prepareVariorumFolder(store, root);
    }
    const line = phrase.replace(/\s+/gu, ' ').replace(/^[\s#]+/u, '');
    const before = new TextDecoder().decode(await store.read(path));
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    await store.write(path, new TextEncoder().encode(`${before}${gap}${line}\n`));
  }

  #file(document: vscode.TextDocument, level: AllowLevel) {
    const { store, root, document: name } = journalPlace(document, this.context);
    const folder = level === 'here' ? documentFolder(name) : '';
    return { store, root, path: joinPath(root, folder, ALLOW_FILE) };
  }
}
