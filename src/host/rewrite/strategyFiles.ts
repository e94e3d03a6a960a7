import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { allStrategies } from '../../core/rewrite/strategies';
import { parseStrategy, type RewriteStrategy } from '../../core/rewrite/strategy';
import { VARIORUM_FOLDER } from '../../core/tree/variorumFolder';
import type { Notice } from '../../protocol';
import { Disposables } from '../disposables';

/** Where in a workspace folder the writer's own strategies lie. */
export const STRATEGIES_FOLDER = `${VARIORUM_FOLDER}/strategies`;
const PATTERN = `**/${STRATEGIES_FOLDER}/*.md`;

/** The strategies that hold for a document, and what the writer should know of them. */
export interface StrategiesFound {
  strategies: readonly RewriteStrategy[];
  notices: readonly Notice[];
}

/** What one file says, or what is wrong with it. */
type Read = { uri: vscode.Uri; name: string } & (
  { strategy: RewriteStrategy } | { problem: string }
);

/**
 * The strategies that ship, and the files of the workspace, read for every rewriting: they are few and short.
 * What is wrong with a file stands in Problems, as soon as it is written, and is left to the writer.
 */
export class StrategyFiles implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #problems = this.#disposables.add(
    vscode.languages.createDiagnosticCollection('variorum-strategies'),
  );

  constructor() {
    const watcher = this.#disposables.add(vscode.workspace.createFileSystemWatcher(PATTERN));
    const again = (uri: vscode.Uri) => {
      if (vscode.workspace.isTrusted) {
        // Whoever writes a file sees at once whether it can be used.
        void this.#readFolder(vscode.Uri.joinPath(uri, '..'));
      }
    };
    this.#disposables.add(watcher.onDidChange(again));
    this.#disposables.add(watcher.onDidCreate(again));
    this.#disposables.add(watcher.onDidDelete(again));
  }

  /** All that can be used for a document. Never rejects: what cannot be read is left out, with a notice. */
  async forDocument({ uri }: vscode.TextDocument): Promise<StrategiesFound> {
    const folder = strategiesFolder(uri);
    if (!folder) {
      return { strategies: allStrategies(), notices: [] };
    }
    if (!vscode.workspace.isTrusted) {
      const isThere = await hasFiles(folder);
      return { strategies: allStrategies(), notices: isThere ? [untrustedNotice()] : [] };
    }
    const read = await this.#readFolder(folder);
    const own = read.flatMap((each) => ('strategy' in each ? [each.strategy] : []));
    const problems = read.flatMap((each) => ('problem' in each ? [each.problem] : []));
    return {
      strategies: allStrategies(own),
      notices: problems.map((message) => ({ severity: 'warning', message })),
    };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #readFolder(folder: vscode.Uri): Promise<readonly Read[]> {
    const names = await strategyNames(folder);
    const read = withoutTwins(await Promise.all(names.map((name) => readOne(folder, name))));
    for (const each of read) {
      const isBad = 'problem' in each;
      this.#problems.set(each.uri, isBad ? [diagnosticOf(each.problem)] : undefined);
    }
    const there = new Set(read.map(({ uri }) => uri.toString()));
    this.#problems.forEach((uri) => {
      if (uri.path.startsWith(`${folder.path}/`) && !there.has(uri.toString())) {
        this.#problems.delete(uri);
      }
    });
    return read;
  }
}

/** The folder of a document's workspace that its strategies lie in; of the only one for what has no file. */
export function strategiesFolder(uri: vscode.Uri | undefined): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = uri && vscode.workspace.getWorkspaceFolder(uri);
  const folder = own ?? (folders.length === 1 ? folders[0] : undefined);
  return folder && vscode.Uri.joinPath(folder.uri, ...STRATEGIES_FOLDER.split('/'));
}

async function strategyNames(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([name, type]) => name.endsWith('.md') && (type & vscode.FileType.File) !== 0)
      .map(([name]) => name)
      .sort();
  } catch {
    // There is no such folder.
    return [];
  }
}

async function hasFiles(folder: vscode.Uri): Promise<boolean> {
  return (await strategyNames(folder)).length > 0;
}

async function readOne(folder: vscode.Uri, name: string): Promise<Read> {
  const uri = vscode.Uri.joinPath(folder, name);
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { uri, name, strategy: parseStrategy(name, text) };
  } catch (error) {
    return { uri, name, problem: problemOf(name, error) };
  }
}

function problemOf(name: string, error: unknown): string {
  if (error instanceof VariorumError) {
    return `${error.detail.message} ${error.detail.action}`;
  }
  return error instanceof TypeError
    ? vscode.l10n.t('The rewrite strategy {0} is not UTF-8 text; it is left out.', name)
    : vscode.l10n.t('The rewrite strategy {0} cannot be read; it is left out.', name);
}

/** Of two files with one name the first counts. */
function withoutTwins(read: readonly Read[]): Read[] {
  const known = new Map<string, string>();
  return read.map((each) => {
    if (!('strategy' in each)) {
      return each;
    }
    const { uri, name, strategy } = each;
    const other = known.get(strategy.name);
    known.set(strategy.name, other ?? name);
    return other === undefined
      ? each
      : {
          ...{ uri, name },
          problem: vscode.l10n.t(
            'The rewrite strategy {0} has the name “{1}”, as {2} has; it is left out. Give it another one.',
            name,
            strategy.name,
            other,
          ),
        };
  });
}

function diagnosticOf(problem: string): vscode.Diagnostic {
  const range = new vscode.Range(0, 0, 0, Number.MAX_SAFE_INTEGER);
  const made = new vscode.Diagnostic(range, problem, vscode.DiagnosticSeverity.Error);
  made.source = 'Variorum';
  return made;
}

function untrustedNotice(): Notice {
  return {
    severity: 'info',
    message: vscode.l10n.t(
      'The rewrite strategies of this workspace are not used until you trust it: they decide what models are told.',
    ),
  };
}
