import * as vscode from 'vscode';
import { documentFolder } from '../core/tree/documentFolder';
import { joinPath } from '../core/tree/store';
import { CACHE_FOLDER } from '../core/tree/variorumFolder';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import { isDraft, journalPlace } from './journalPlace';
import type { Parts } from './parts';
import type { Unopened } from './unopened';

/** Changes of our own making that are under way, so that their events are known for what they are. */
type OwnEdit = (event: vscode.TextDocumentChangeEvent) => boolean;

/** The sessions of the open documents: opened on first use, or at once where there is history. */
export class Sessions implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #open = new Map<string, DocumentSession>();
  readonly #opening = new Map<string, Promise<DocumentSession>>();
  readonly #closing = new Map<string, Promise<void>>();
  readonly #unopened = new Map<vscode.TextDocument, Unopened>();
  readonly #onDidOpen = new vscode.EventEmitter<DocumentSession>();
  readonly #onDidChangeAttachments = new vscode.EventEmitter<DocumentSession>();
  #ownEdit: OwnEdit = () => false;

  readonly onDidOpen = this.#onDidOpen.event;
  readonly onDidChangeAttachments = this.#onDidChangeAttachments.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly parts: Parts,
  ) {
    const { workspace } = vscode;
    this.#disposables.add(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    this.#disposables.add(workspace.onDidOpenTextDocument((document) => this.#recall(document)));
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#disposables.add(
      workspace.onDidSaveTextDocument((document) => void this.get(document)?.flush()),
    );
    this.#disposables.add(this.#onDidOpen);
    this.#disposables.add(this.#onDidChangeAttachments);
    workspace.textDocuments.forEach((document) => this.#recall(document));
  }

  /** The session of a document, if it is open. */
  get(document: vscode.TextDocument): DocumentSession | undefined {
    return this.#open.get(document.uri.toString());
  }

  all(): Iterable<DocumentSession> {
    return this.#open.values();
  }

  /** The session of a document, opened if need be. @throws when its journal cannot be read at all */
  async open(document: vscode.TextDocument): Promise<DocumentSession> {
    const key = document.uri.toString();
    const opening = this.#opening.get(key) ?? this.#open.get(key) ?? this.#start(document, key);
    return opening;
  }

  /**
   * Follows a document from now on: its session opens with the first change and knows it. Until then it
   * costs a copy of the text.
   */
  follow(document: vscode.TextDocument): void {
    if (!this.get(document) && !this.#unopened.has(document)) {
      const { eol } = document;
      this.#unopened.set(document, { text: document.getText(), eol, events: [] });
    }
  }

  /** Ends the session of a document, if there is one. Resolves when all of it is written. */
  async release(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    await this.#opening.get(key)?.catch(() => undefined);
    this.#end(key);
    await this.#closing.get(key);
  }

  /** Opens the session of a document anew: its tree was changed by something else. */
  async reopen(document: vscode.TextDocument): Promise<DocumentSession> {
    await this.release(document.uri);
    return this.open(document);
  }

  /** Runs an edit of ours; change events that `isOwn` recognises are not taken for the writer's. */
  async editing<T>(isOwn: OwnEdit, edit: () => Thenable<T>): Promise<T> {
    this.#ownEdit = isOwn;
    try {
      return await edit();
    } finally {
      this.#ownEdit = () => false;
    }
  }

  dispose(): void {
    this.#disposables.dispose();
    // Begun at once, since the window may not wait for it.
    this.#open.forEach((session) => void session.close());
  }

  #start(document: vscode.TextDocument, key: string): Promise<DocumentSession> {
    const opening = this.#read(document).finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  async #read(document: vscode.TextDocument): Promise<DocumentSession> {
    const { openSession } = await this.parts.loadHost('session');
    // What its last session still writes belongs to the tree that is read.
    await this.#closing.get(document.uri.toString());
    const { context, log } = this;
    const unopened = this.#unopened.get(document);
    return openSession(document, { context, log, unopened, add: (session) => this.#add(session) });
  }

  #add(session: DocumentSession): void {
    this.#open.set(session.document.uri.toString(), session);
    this.#unopened.delete(session.document);
    session.onDidChangeAttachments(() => this.#onDidChangeAttachments.fire(session));
    this.#onDidOpen.fire(session);
  }

  #changed(event: vscode.TextDocumentChangeEvent): void {
    const session = this.get(event.document);
    const unopened = this.#unopened.get(event.document);
    if (unopened && event.contentChanges.length > 0 && unopened.events.push(event) === 1) {
      this.#begin(event.document);
    }
    const edit = session?.draft.follow(event);
    if (session && edit) {
      session.edited(edit, this.#ownEdit(event));
    }
  }

  /** Opens the session of a document that has history, so that its colours are there. */
  #recall(document: vscode.TextDocument): void {
    if (!isDraft(document)) {
      return;
    }
    this.#hasHistory(document)
      .then((has) => (has ? this.open(document) : undefined))
      .catch((error: unknown) => this.#unread(document, error));
  }

  #begin(document: vscode.TextDocument): void {
    this.open(document).catch((error: unknown) => {
      this.#unopened.delete(document);
      this.#unread(document, error);
    });
  }

  #unread(document: vscode.TextDocument, error: unknown): void {
    this.log.error(`The tree of ${document.uri.path} could not be read: ${String(error)}`);
  }

  async #hasHistory(document: vscode.TextDocument): Promise<boolean> {
    const { store, root, document: path } = journalPlace(document, this.context);
    const folder = joinPath(root, documentFolder(path));
    // Text that was scored is kept in the cache, whether or not there is a tree.
    const lists = [folder, joinPath(folder, CACHE_FOLDER)].map((each) => store.list(each));
    return (await Promise.all(lists)).flat().length > 0;
  }

  #close(document: vscode.TextDocument): void {
    this.#unopened.delete(document);
    void this.#opening.get(document.uri.toString())?.then(() => this.#close(document));
    this.#end(document.uri.toString());
  }

  #end(key: string): void {
    const session = this.#open.get(key);
    if (session) {
      this.#open.delete(key);
      const closing = session.close().finally(() => this.#closing.delete(key));
      this.#closing.set(key, closing);
    }
  }
}
