import * as vscode from 'vscode';
import type { Typed } from '../../core/attachment/typed';
import { printOf, typedFrom } from '../../core/provenance/fingerprint';
import { documentFolder } from '../../core/tree/documentFolder';
import { joinPath } from '../../core/tree/store';
import { readTyped, TypedWriter } from '../../core/tree/typedFile';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { journalPlace } from '../journalPlace';
import type { Sessions } from '../sessions';

/** How long typing gathers before it is written down, in milliseconds. */
const SAVE_AFTER = 2000;

/** Keeps beside each document's tree what the writer typed in it, and finds it again. */
export class TypedStore implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #records = new Map<DocumentSession, TypedRecord>();

  constructor(
    sessions: Sessions,
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    const { workspace } = vscode;
    this.#disposables.add(sessions.onDidOpen((session) => this.#begin(session)));
    this.#disposables.add(
      sessions.onDidChangeAttachments((session) => this.#records.get(session)?.saveLater()),
    );
    this.#disposables.add(
      workspace.onDidSaveTextDocument((document) => this.#record(document)?.save()),
    );
    this.#disposables.add(workspace.onDidCloseTextDocument((document) => this.#end(document)));
  }

  /** Resolves when what was written down of a session's document is known. */
  async known(session: DocumentSession): Promise<void> {
    await this.#records.get(session)?.loaded;
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#records.forEach((record) => record.close());
    this.#records.clear();
  }

  #begin(session: DocumentSession): void {
    this.#records.set(session, new TypedRecord(session, this.context, this.log));
  }

  #record(document: vscode.TextDocument): TypedRecord | undefined {
    return [...this.#records].find(([session]) => session.document === document)?.[1];
  }

  #end(document: vscode.TextDocument): void {
    for (const [session, record] of this.#records) {
      if (session.document === document) {
        record.close();
        this.#records.delete(session);
      }
    }
  }
}

/** What is written down of one document. */
class TypedRecord {
  readonly loaded: Promise<void>;
  readonly #session: DocumentSession;
  #writer: TypedWriter | undefined;
  #saved: Typed | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    session: DocumentSession,
    context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#session = session;
    this.loaded = this.#load(journalPlace(session.document, context)).catch((error: unknown) => {
      this.log.warn(
        `What was typed in ${session.document.uri.path} is not known: ${String(error)}`,
      );
    });
  }

  saveLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  save(): void {
    const { draft, journal } = this.#session;
    const { typed } = draft.state;
    // Nothing is put into a folder before there is a tree to go with it.
    if (this.#writer === undefined || typed === this.#saved || journal.tree.size === 0) {
      return;
    }
    this.#saved = typed;
    this.#writer
      .save(() => printOf(draft.text, draft.state.typed))
      .catch((error: unknown) => {
        this.#saved = undefined;
        this.log.warn(`What was typed could not be written down: ${String(error)}`);
      });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.save();
  }

  async #load({ store, root, document }: ReturnType<typeof journalPlace>): Promise<void> {
    const folder = joinPath(root, documentFolder(document));
    const files = await readTyped(store, folder);
    const { draft, journal } = this.#session;
    // From here on without a pause, so that the text is the one that is compared.
    for (const { print } of files) {
      draft.addTyped(typedFrom(draft.text, print));
    }
    const superseded = files.map(({ name }) => name);
    this.#saved = files.length === 1 ? draft.state.typed : undefined;
    this.#writer = new TypedWriter(store, folder, journal.writer, superseded);
    if (files.length > 0) {
      this.#session.learnt();
    }
  }
}
