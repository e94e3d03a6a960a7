import * as vscode from 'vscode';
import { AllowList } from '../../core/collapse/allowList';
import { parsePhraseList, type PhraseList } from '../../core/collapse/phraseList';
import type { Rules } from '../../core/collapse/rules';
import { toModelError } from '../../core/model/error';
import { Disposables } from '../disposables';
import { ALLOW_FILE, type AllowLevel, type AllowStore } from './allowStore';
import {
  allowAlways,
  allowedAlways,
  COLLAPSE_SETTINGS,
  listPaths,
  severitiesFor,
} from './collapseSettings';

/** What the writer wants to hear of, document by document: settings, lists and allowed phrases. */
export class RulesSource implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<void>());
  readonly #rules = new Map<string, Promise<Rules>>();
  /** Problems of lists that the writer was told of. */
  readonly #told = new Set<string>();

  readonly onDidChange = this.#onDidChange.event;

  constructor(private readonly allowed: AllowStore) {
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(COLLAPSE_SETTINGS)) {
          this.#changed();
        }
      }),
    );
    this.#disposables.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        const lists = listPaths(uri).map((path) => listUri(path, uri).toString());
        if (uri.path.endsWith(`/${ALLOW_FILE}`) || lists.includes(uri.toString())) {
          this.#changed();
        }
      }),
    );
  }

  /** The rules for a document. A list that cannot be used is left out, and the writer is told once why. */
  rulesFor(document: vscode.TextDocument): Promise<Rules> {
    const key = document.uri.toString();
    let rules = this.#rules.get(key);
    if (rules === undefined) {
      rules = this.#read(document);
      this.#rules.set(key, rules);
      rules.catch(() => this.#rules.delete(key));
    }
    return rules;
  }

  /** Allows a phrase from now on. */
  async allow(
    document: vscode.TextDocument,
    level: AllowLevel | 'always',
    phrase: string,
  ): Promise<void> {
    await (level === 'always' ? allowAlways(phrase) : this.allowed.add(document, level, phrase));
    this.#changed();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #changed(): void {
    this.#rules.clear();
    this.#onDidChange.fire();
  }

  async #read(document: vscode.TextDocument): Promise<Rules> {
    const [here, workspace, lists] = await Promise.all([
      this.allowed.read(document, 'here'),
      this.allowed.read(document, 'workspace'),
      Promise.all(listPaths(document).map((path) => this.#list(path, document.uri))),
    ]);
    return {
      severities: severitiesFor(document),
      lists: lists.filter((list) => list !== undefined),
      allow: new AllowList({ here, workspace, always: allowedAlways() }),
    };
  }

  async #list(path: string, document: vscode.Uri): Promise<PhraseList | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(listUri(path, document));
      return parsePhraseList(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch (error) {
      this.#tell(listProblem(path, error));
      return undefined;
    }
  }

  #tell(problem: string): void {
    if (!this.#told.has(problem)) {
      this.#told.add(problem);
      void vscode.window.showWarningMessage(problem);
    }
  }
}

/** Relative paths are those of the document's workspace folder. */
function listUri(path: string, document: vscode.Uri): vscode.Uri {
  if (/^(?:\/|[A-Za-z]:[\\/])/u.test(path)) {
    return vscode.Uri.file(path);
  }
  const folder =
    vscode.workspace.getWorkspaceFolder(document) ?? vscode.workspace.workspaceFolders?.[0];
  const base = folder?.uri ?? vscode.Uri.joinPath(document, '..');
  return vscode.Uri.joinPath(base, ...path.split(/[\\/]/u));
}

function listProblem(path: string, error: unknown): string {
  if (error instanceof vscode.FileSystemError) {
    return vscode.l10n.t(
      'The phrase list {0} of the setting variorum.collapse.lists cannot be read. Correct the path; until then the list is left out.',
      path,
    );
  }
  if (error instanceof TypeError) {
    return vscode.l10n.t('The phrase list {0} is not UTF-8 text; it is left out.', path);
  }
  const { message, action } = toModelError(error);
  return `${message} ${action}`;
}
