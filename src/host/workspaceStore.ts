import * as vscode from 'vscode';
import type { Store } from '../core/tree/store';

/** A `Store` below one folder of any file system that VS Code reaches. */
export class WorkspaceStore implements Store {
  constructor(readonly root: vscode.Uri) {}

  async list(folder: string): Promise<readonly string[]> {
    const entries = await missingAsUndefined(vscode.workspace.fs.readDirectory(this.#uri(folder)));
    return (entries ?? [])
      .filter(([, type]) => (type & vscode.FileType.File) !== 0)
      .map(([name]) => name);
  }

  /** Names of the folders directly in a folder; none when there is no such folder. */
  async folders(folder: string): Promise<readonly string[]> {
    const entries = await missingAsUndefined(vscode.workspace.fs.readDirectory(this.#uri(folder)));
    return (entries ?? [])
      .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
      .map(([name]) => name);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return missingAsUndefined(vscode.workspace.fs.readFile(this.#uri(path)));
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    // It makes the folders itself, on every file system.
    await vscode.workspace.fs.writeFile(this.#uri(path), bytes);
  }

  async rename(from: string, to: string): Promise<void> {
    await vscode.workspace.fs.rename(this.#uri(from), this.#uri(to), { overwrite: true });
  }

  async remove(path: string): Promise<void> {
    await missingAsUndefined(vscode.workspace.fs.delete(this.#uri(path)));
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, ...path.split('/'));
  }
}

async function missingAsUndefined<T>(result: Thenable<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}
