import * as vscode from 'vscode';
import { ExemplarIndex } from '../../core/exemplars/exemplarIndex';
import { inTurns } from '../../core/steps';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { clock } from '../platform';
import { HumanTexts } from '../provenance/humanText';
import { isOwn, OWN_WRITING } from '../provenance/ownWriting';
import type { Sessions } from '../sessions';
import { EXEMPLAR_SETTINGS, exemplarPath } from './exemplarSettings';
import { ProseFiles, type ProseFile } from './proseFiles';

export interface ProseIndexParts {
  context: vscode.ExtensionContext;
  sessions: Sessions;
  log: vscode.LogOutputChannel;
}

/**
 * The index over the workspace's human prose. Changes are noted when they happen and read when the index is
 * next asked for; reading goes on in turns of a few milliseconds.
 */
export class ProseIndex implements vscode.Disposable {
  readonly index = new ExemplarIndex();
  readonly files: ProseFiles;
  readonly #reader: HumanTexts;
  readonly #disposables = new Disposables();
  readonly #ended = new AbortController();
  readonly #known = new Map<string, ProseFile>();
  /** Files that are to be read, by their addresses. */
  readonly #stale = new Set<string>();
  #isListed = false;
  #refreshing: Promise<void> | undefined;

  constructor(private readonly parts: ProseIndexParts) {
    const { sessions } = parts;
    const { workspace } = vscode;
    this.files = new ProseFiles(sessions);
    this.#reader = new HumanTexts(parts.context);
    const add = (item: vscode.Disposable) => this.#disposables.add(item);
    const opened = ({ document }: DocumentSession) => this.#changed(document.uri);
    add(sessions.onDidOpen(opened));
    add(sessions.onDidChangeAttachments(opened));
    add(workspace.onDidCloseTextDocument(({ uri }) => this.#changed(uri)));
    add(workspace.onDidChangeWorkspaceFolders(() => this.#relist()));
    add(
      workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration(OWN_WRITING) ||
          event.affectsConfiguration(EXEMPLAR_SETTINGS)
        ) {
          this.#relist();
        }
      }),
    );
    const watcher = workspace.createFileSystemWatcher('**/*');
    add(watcher);
    add(watcher.onDidCreate((uri) => this.#found(uri)));
    add(watcher.onDidDelete((uri) => this.#found(uri)));
    add(watcher.onDidChange((uri) => this.#written(uri)));
  }

  /**
   * Resolves when the index knows all there is.
   * @throws the signal's reason when it is aborted; the reading goes on
   */
  async ready(signal: AbortSignal): Promise<ExemplarIndex> {
    signal.throwIfAborted();
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    await unlessAborted(this.#refreshing, signal);
    // What was typed meanwhile counts too.
    return this.#stale.size > 0 || !this.#isListed ? this.ready(signal) : this.index;
  }

  /** Where a path of the index leads. */
  uriOf(path: string): vscode.Uri | undefined {
    return [...this.#known.values()].find((file) => file.path === path)?.uri;
  }

  dispose(): void {
    this.#ended.abort();
    this.#disposables.dispose();
  }

  #changed(uri: vscode.Uri): void {
    this.#stale.add(uri.toString());
  }

  #found(uri: vscode.Uri): void {
    const isHidden = uri.path.includes('/.');
    if (!isHidden || uri.path.endsWith('/.gitignore')) {
      this.#relist();
      this.#changed(uri);
    }
  }

  #written(uri: vscode.Uri): void {
    if (uri.path.endsWith('/.gitignore') || uri.path.endsWith('/.git/info/exclude')) {
      this.#relist();
    } else if (this.#known.has(uri.toString())) {
      this.#changed(uri);
    }
  }

  #relist(): void {
    this.#isListed = false;
  }

  async #refresh(): Promise<void> {
    if (!this.#isListed) {
      this.#isListed = true;
      await this.#list().catch((error: unknown) => {
        this.#isListed = false;
        throw error;
      });
    }
    for (const key of [...this.#stale]) {
      this.#ended.signal.throwIfAborted();
      this.#stale.delete(key);
      await this.#read(key);
    }
  }

  async #list(): Promise<void> {
    this.files.forgetIgnored();
    const listed = new Map((await this.files.list()).map((file) => [file.uri.toString(), file]));
    for (const [key, { path }] of [...this.#known]) {
      if (!listed.has(key)) {
        this.#known.delete(key);
        this.index.remove(path);
      }
    }
    for (const [key, file] of listed) {
      if (this.#known.get(key)?.own !== file.own) {
        this.#stale.add(key);
      }
      this.#known.set(key, file);
    }
  }

  async #read(key: string): Promise<void> {
    const session = [...this.parts.sessions.all()].find((s) => s.document.uri.toString() === key);
    const file = this.#known.get(key) ?? (await this.#begin(key, session));
    if (file === undefined) {
      return;
    }
    const { log } = this.parts;
    try {
      const { text, human } = session
        ? this.#reader.inSession(session)
        : await this.#reader.inFile(file.uri, file.own);
      await inTurns(this.index.update(file.path, text, human), clock, this.#ended.signal);
    } catch (error) {
      // What cannot be read is not known to be the writer's.
      this.index.remove(file.path);
      log.warn(`${file.path} could not be read for exemplars: ${String(error)}`);
    }
  }

  /** Takes in a draft that was opened since files were listed. */
  async #begin(key: string, session: DocumentSession | undefined): Promise<ProseFile | undefined> {
    if (session === undefined) {
      return undefined;
    }
    const { document } = session;
    const { uri } = document;
    if (!(await this.files.mayRead(uri))) {
      return undefined;
    }
    const file = { uri, path: exemplarPath(uri), own: isOwn(document) };
    this.#known.set(key, file);
    return file;
  }
}

/** @throws the signal's reason when it is aborted first; the work goes on */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const fail = () => reject(signal.reason as Error);
    signal.addEventListener('abort', fail, { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}
