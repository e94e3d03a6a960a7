import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { withLf } from '../../core/text/lineEnds';
import { moveTree, type TreeHome } from '../../core/tree/moveTree';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft, journalPlace } from '../journalPlace';
import { findOrphans, homesBelow } from './orphans';
import { askAboutGit } from './gitQuestion';
import type { TreeServices } from './registerTree';

/** How long a closed untitled document may take to come up as a file, in milliseconds. */
const SAVED_WITHIN = 5000;

/** Keeps trees with their documents when those are renamed, moved, saved for the first time or deleted. */
export class TreeHomes implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #services: TreeServices;
  readonly #asked = new Set<string>();
  /** What untitled documents say: they are emptied before they close. */
  readonly #untitled = new Map<string, string>();

  constructor(services: TreeServices) {
    this.#services = services;
    const { workspace } = vscode;
    this.#disposables.add(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          this.#safely(this.#renamed(oldUri, newUri));
        }
      }),
    );
    this.#disposables.add(
      workspace.onDidCloseTextDocument((document) => {
        if (document.uri.scheme === 'untitled') {
          this.#safely(this.#untitledClosed(document));
        }
      }),
    );
    this.#disposables.add(services.sessions.onDidOpen((session) => this.#watch(session)));
    [...services.sessions.all()].forEach((session) => this.#watch(session));
    this.#disposables.add(
      services.sessions.onDidChangeAttachments((session) => this.#noteText(session)),
    );
  }

  /** Offers trees whose documents are gone to the document in front. */
  async findOrphans(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDraft(document)) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There is no draft here that a tree could go to.'),
        action: vscode.l10n.t('Open the draft that the tree belongs to first.'),
        retryable: false,
      });
    }
    const home = journalPlace(document, this.#services.context);
    const orphan = await findOrphans(document, this.#services.context);
    if (orphan) {
      await this.#move(orphan, home);
      await this.#services.sessions.reopen(document);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #renamed(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { context } = this.#services;
    const home = journalPlace({ uri: from }, context);
    await this.#moveDocument(from, to);
    // A folder was renamed: all that lay in it moves.
    for (const path of await homesBelow(home)) {
      const below = path.slice(home.document.length + 1).split('/');
      await this.#moveDocument(
        vscode.Uri.joinPath(from, ...below),
        vscode.Uri.joinPath(to, ...below),
      );
    }
  }

  async #moveDocument(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { sessions, context } = this.#services;
    // What the old document's session still had to write is written now.
    await sessions.release(from);
    const [home, target] = [
      journalPlace({ uri: from }, context),
      journalPlace({ uri: to }, context),
    ];
    if ((await this.#move(home, target)) > 0) {
      const document = openDocument(to);
      if (document) {
        await sessions.reopen(document);
      }
    }
  }

  /** An untitled document became a file, or was thrown away; then its name is free for another. */
  async #untitledClosed(document: vscode.TextDocument): Promise<void> {
    const { sessions, context } = this.#services;
    const home = journalPlace(document, context);
    const key = document.uri.toString();
    const text = this.#untitled.get(key) ?? '';
    this.#untitled.delete(key);
    await sessions.release(document.uri);
    const file = await savedAs(text);
    const target = file
      ? journalPlace(file, context)
      : { ...home, document: `${home.document}#${Date.now()}` };
    if ((await this.#move(home, target)) > 0 && file) {
      await sessions.reopen(file);
    }
  }

  async #move(from: TreeHome, to: TreeHome): Promise<number> {
    try {
      return await moveTree(from, to);
    } catch (error) {
      throw new VariorumError(
        {
          code: 'storage',
          message: vscode.l10n.t(
            'The tree of {0} could not be taken along: {1}.',
            from.document,
            error instanceof Error ? error.message : String(error),
          ),
          action: vscode.l10n.t(
            'It is whole where it was; "Variorum: Find Orphaned Trees" brings it here when the place can be written to.',
          ),
          retryable: true,
        },
        { cause: error },
      );
    }
  }

  #noteText({ document: { uri }, draft: { text } }: DocumentSession): void {
    if (uri.scheme === 'untitled' && /\S/u.test(text)) {
      this.#untitled.set(uri.toString(), text);
    }
  }

  /** The first time that a document of a workspace folder has a tree. */
  #watch(session: DocumentSession): void {
    this.#noteText(session);
    const folder = vscode.workspace.getWorkspaceFolder(session.document.uri);
    const { tree, hasWritten } = session.journal;
    // Where there was a tree before, git was asked about, or brought it.
    if (!folder || this.#asked.has(folder.uri.toString()) || (tree.size > 0 && !hasWritten)) {
      return;
    }
    const ask = () => {
      listener.dispose();
      if (!this.#asked.has(folder.uri.toString())) {
        this.#asked.add(folder.uri.toString());
        this.#safely(askAboutGit(folder, this.#services.context.workspaceState));
      }
    };
    const listener = session.keeper.onDidKeep(ask);
    this.#disposables.add(listener);
    // It may have got its tree while this was loaded.
    if (hasWritten) {
      ask();
    }
  }

  #safely(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#services.log.error(error instanceof Error ? error : String(error));
      void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
    });
  }
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
}

/** The file that a closed untitled document was saved as: the one that has its text. */
async function savedAs(text: string): Promise<vscode.TextDocument | undefined> {
  if (text.trim() === '') {
    return undefined;
  }
  const isIt = (each: vscode.TextDocument) =>
    each.uri.scheme !== 'untitled' && withLf(each.getText()).trimEnd() === text.trimEnd();
  const find = () =>
    vscode.workspace.textDocuments.find((each) => isDraft(each) && !each.isDirty && isIt(each));
  const there = find();
  if (there) {
    return there;
  }
  return new Promise((resolve) => {
    const done = (document: vscode.TextDocument | undefined) => {
      clearTimeout(timer);
      listener.dispose();
      resolve(document);
    };
    const timer = setTimeout(() => done(find()), SAVED_WITHIN);
    const listener = vscode.workspace.onDidOpenTextDocument((document) => {
      if (isDraft(document) && isIt(document)) {
        done(document);
      }
    });
  });
}
