import * as vscode from 'vscode';
import { documentFolder } from '../../core/tree/documentFolder';
import { joinPath } from '../../core/tree/store';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { journalPlace } from '../journalPlace';
import { WorkspaceStore } from '../workspaceStore';
import type { TreeServices } from './registerTree';

/** How long files that change gather before they are read, in milliseconds. */
const GATHER = 300;

/** Takes in what other windows, or git, write into the trees of open drafts. */
export class TreeWatch implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #watched = new Map<vscode.TextDocument, vscode.Disposable>();

  constructor(private readonly services: TreeServices) {
    const { sessions } = services;
    this.#disposables.add(sessions.onDidOpen((session) => this.#begin(session)));
    this.#disposables.add(
      vscode.workspace.onDidCloseTextDocument((document) => this.#end(document)),
    );
    [...sessions.all()].forEach((session) => this.#begin(session));
  }

  dispose(): void {
    this.#disposables.dispose();
    [...this.#watched.keys()].forEach((document) => this.#end(document));
  }

  #begin(session: DocumentSession): void {
    const { document, journal } = session;
    this.#end(document);
    const { store, root, document: path } = journalPlace(document, this.services.context);
    if (!(store instanceof WorkspaceStore)) {
      return;
    }
    const parts = joinPath(root, documentFolder(path)).split('/');
    const folder = vscode.Uri.joinPath(store.root, ...parts);
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, '*.jsonl'),
      ...[false, false, true],
    );
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      timer = undefined;
      const names = new Set(changed);
      changed.clear();
      if (await journal.refresh(names)) {
        session.changed();
      }
    };
    const note = (uri: vscode.Uri) => {
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      // What this window wrote itself it knows.
      if (!name.startsWith(`${journal.writer}-`)) {
        changed.add(name);
        timer ??= setTimeout(
          () => void read().catch((error: unknown) => this.#failed(error)),
          GATHER,
        );
      }
    };
    const listeners = [watcher.onDidCreate(note), watcher.onDidChange(note)];
    this.#watched.set(
      document,
      new vscode.Disposable(() => {
        clearTimeout(timer);
        vscode.Disposable.from(watcher, ...listeners).dispose();
      }),
    );
  }

  #end(document: vscode.TextDocument): void {
    this.#watched.get(document)?.dispose();
    this.#watched.delete(document);
  }

  /** It is read again with the next change, and whole at the next opening. */
  #failed(error: unknown): void {
    this.services.log.warn(`What another window wrote could not be read: ${String(error)}`);
  }
}
