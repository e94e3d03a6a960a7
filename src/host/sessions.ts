import * as vscode from 'vscode';
import { reanchor } from '../core/attachment/reanchor';
import { withLf } from '../core/text/lineEnds';
import { DocumentJournal } from '../core/tree/documentJournal';
import { Disposables } from './disposables';
import { DocumentSession } from './documentSession';
import { Draft } from './draft';
import { isDraft, journalPlace } from './journalPlace';
import { clock, random } from './platform';
import { reportProblems } from './reportProblems';

/** Changes of our own making that are under way, so that their events are known for what they are. */
type OwnEdit = (event: vscode.TextDocumentChangeEvent) => boolean;

/** The sessions of the open documents: opened on first use, or at once where there is history. */
export class Sessions implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #open = new Map<string, DocumentSession>();
  readonly #opening = new Map<string, Promise<DocumentSession>>();
  readonly #onDidOpen = new vscode.EventEmitter<DocumentSession>();
  readonly #onDidChangeAttachments = new vscode.EventEmitter<DocumentSession>();
  #ownEdit: OwnEdit = () => false;

  readonly onDidOpen = this.#onDidOpen.event;
  readonly onDidChangeAttachments = this.#onDidChangeAttachments.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    this.#disposables.add(workspace.onDidChangeTextDocument((event) => this.#follow(event)));
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

  /** The session of a document, opened if need be. @throws when its journal cannot be read at all */
  async open(document: vscode.TextDocument): Promise<DocumentSession> {
    const key = document.uri.toString();
    const opening = this.#opening.get(key) ?? this.#open.get(key) ?? this.#start(document, key);
    return opening;
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
    const opened: { session?: DocumentSession } = {};
    const journal = await DocumentJournal.open({
      ...journalPlace(document, this.context),
      clock,
      random,
      onError: (error) => opened.session?.storageFailed(error),
    });
    const saved = await journal.savedAttachments();
    // From here on without a pause, so that no change event falls between text and attachments.
    const sound = reanchor(
      withLf(document.getText()),
      saved,
      (node) => journal.tree.node(node)?.text,
    );
    const session = this.#add(new DocumentSession(new Draft(document, sound), journal));
    opened.session = session;
    reportProblems(journal, this.log);
    const nodes = new Set(sound.map(({ node }) => node));
    await session.loadTokens(nodes);
    const latest = journal.tree.batches().at(-1);
    if (latest !== undefined) {
      await session.show(latest);
    }
    return session;
  }

  #add(session: DocumentSession): DocumentSession {
    this.#open.set(session.document.uri.toString(), session);
    session.onDidChangeAttachments(() => this.#onDidChangeAttachments.fire(session));
    this.#onDidOpen.fire(session);
    return session;
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    const session = this.get(event.document);
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
      .catch((error: unknown) => {
        this.log.error(`The tree of ${document.uri.path} could not be read: ${String(error)}`);
      });
  }

  async #hasHistory(document: vscode.TextDocument): Promise<boolean> {
    return DocumentJournal.exists(journalPlace(document, this.context));
  }

  #close(document: vscode.TextDocument): void {
    void this.#opening.get(document.uri.toString())?.then(() => this.#close(document));
    const session = this.get(document);
    if (session) {
      this.#open.delete(document.uri.toString());
      void session.close();
    }
  }
}
