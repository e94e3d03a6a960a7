import * as vscode from 'vscode';
import { withLf } from '../core/text/lineEnds';
import { VARIORUM_FOLDER } from '../core/tree/variorumFolder';
import { Disposables } from './disposables';

/** The project's notes, in `.variorum/`: who, where, voice. */
export const NOTES_FILE = 'notes.md';
/** Entries after which all are forgotten. */
const MOST = 100;

/**
 * The files that go with a draft, at hand: what was read once is given at once and read again behind it, so
 * that a slow file system (a remote window, the web) never stands before the first token. Open documents
 * count as they stand in the editor; what was saved, closed or changed on disk as notes is forgotten.
 */
export class PassageFiles implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #read = new Map<string, Promise<unknown>>();

  constructor() {
    const { workspace } = vscode;
    const notes = workspace.createFileSystemWatcher(`**/${VARIORUM_FOLDER}/${NOTES_FILE}`);
    const forget = (uri: vscode.Uri) => this.#forget(uri);
    this.#disposables.add(notes);
    this.#disposables.add(notes.onDidChange(forget));
    this.#disposables.add(notes.onDidCreate(forget));
    this.#disposables.add(notes.onDidDelete(forget));
    this.#disposables.add(workspace.onDidSaveTextDocument(({ uri }) => forget(uri)));
    this.#disposables.add(workspace.onDidCloseTextDocument(({ uri }) => forget(uri)));
    this.#disposables.add(workspace.onDidCreateFiles(() => this.#read.clear()));
    this.#disposables.add(workspace.onDidDeleteFiles(() => this.#read.clear()));
    this.#disposables.add(workspace.onDidRenameFiles(() => this.#read.clear()));
  }

  /**
   * The text of a file, or of its last bytes; undefined when there is no such file.
   * @throws whatever the file system does when it cannot be read
   */
  async text(uri: vscode.Uri, lastBytes = Infinity): Promise<string | undefined> {
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    return open
      ? withLf(open.getText())
      : this.#atHand(`${uri.toString()} ${lastBytes}`, () => readText(uri, lastBytes));
  }

  /** The names of the files in a folder. @throws whatever the file system does */
  names(folder: vscode.Uri): Promise<readonly string[]> {
    return this.#atHand(folder.toString(), async () => {
      const entries = await vscode.workspace.fs.readDirectory(folder);
      return entries
        .filter(([, type]) => (type & vscode.FileType.File) !== 0)
        .map(([name]) => name);
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** What was read before, while it is read anew for the next time; or what is read now. */
  #atHand<T>(key: string, read: () => Promise<T>): Promise<T> {
    const before = this.#read.get(key) as Promise<T> | undefined;
    const now = read();
    const keep = () => {
      if (this.#read.size >= MOST) {
        this.#read.clear();
      }
      this.#read.set(key, now);
    };
    if (!before) {
      keep();
    }
    now.then(keep, () => this.#read.delete(key));
    return before ?? now;
  }

  #forget(uri: vscode.Uri): void {
    for (const key of this.#read.keys()) {
      if (key.startsWith(`${uri.toString()} `)) {
        this.#read.delete(key);
      }
    }
  }
}

async function readText(uri: vscode.Uri, lastBytes: number): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const from = Math.max(0, bytes.length - lastBytes);
    const text = new TextDecoder().decode(bytes.subarray(from));
    // A character that the cut went through is no text.
    return withLf(from > 0 ? text.replace(/^\uFFFD+/u, '') : text);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return undefined;
    }
    throw error;
  }
}
