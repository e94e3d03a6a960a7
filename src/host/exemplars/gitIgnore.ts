import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

const NAME = '.gitignore';
/** Folders above the workspace's that are looked at for the root of its repository. */
const MOST_LEVELS = 20;

/**
 * What git is told to leave alone: the `.gitignore` of every folder from the repository's root down, and
 * `.git/info/exclude`. Where there is no repository, those of the workspace folder hold all the same.
 */
export class GitIgnore {
  readonly #rules = new Map<string, Promise<Ignore | 'unreadable' | undefined>>();
  readonly #roots = new Map<string, Promise<vscode.Uri>>();

  /** Whether a file in a workspace folder is ignored; also where a rule file cannot be read. */
  async ignores(file: vscode.Uri, folder: vscode.Uri): Promise<boolean> {
    const root = await this.#rootOf(folder);
    const parts = file.path.slice(root.path.replace(/\/$/u, '').length + 1).split('/');
    let isIgnored = false;
    for (let depth = 0; depth < parts.length; depth++) {
      const at = vscode.Uri.joinPath(root, ...parts.slice(0, depth));
      const files = depth === 0 ? [EXCLUDE, NAME] : [NAME];
      for (const rules of await Promise.all(files.map((name) => this.#rulesIn(at, name)))) {
        if (rules === 'unreadable') {
          return true;
        }
        const found = rules?.test(parts.slice(depth).join('/'));
        isIgnored = found?.ignored === true || (isIgnored && found?.unignored !== true);
      }
    }
    return isIgnored;
  }

  /** The rules are to be read anew. */
  forget(): void {
    this.#rules.clear();
    this.#roots.clear();
  }

  #rulesIn(folder: vscode.Uri, name: string): Promise<Ignore | 'unreadable' | undefined> {
    const uri = vscode.Uri.joinPath(folder, ...name.split('/'));
    return once(this.#rules, uri.toString(), () => readRules(uri));
  }

  #rootOf(folder: vscode.Uri): Promise<vscode.Uri> {
    return once(this.#roots, folder.toString(), () => findRoot(folder));
  }
}

const EXCLUDE = '.git/info/exclude';

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let found = known.get(key);
  if (found === undefined) {
    found = make();
    known.set(key, found);
  }
  return found;
}

async function readRules(uri: vscode.Uri): Promise<Ignore | 'unreadable' | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return ignore().add(text);
  } catch (error) {
    return isMissing(error) ? undefined : 'unreadable';
  }
}

/** The nearest folder with a `.git`, or the workspace folder itself. */
async function findRoot(folder: vscode.Uri): Promise<vscode.Uri> {
  let at = folder;
  for (let level = 0; level < MOST_LEVELS && at.path !== '/' && at.path !== ''; level++) {
    if (await exists(vscode.Uri.joinPath(at, '.git'))) {
      return at;
    }
    at = vscode.Uri.joinPath(at, '..');
  }
  return folder;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Whether nothing is there, or what is there is no file. */
function isMissing(error: unknown): boolean {
  const codes = ['FileNotFound', 'FileIsADirectory', 'FileNotADirectory'];
  return error instanceof vscode.FileSystemError && codes.includes(error.code);
}
