import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';
import { documentOfFolder } from '../../core/tree/documentFolder';
import { VARIORUM_FOLDER } from '../../core/tree/variorumFolder';
import { ownFiles } from '../gatherHumanProse';
import { isOwn } from '../provenance/ownWriting';
import type { Sessions } from '../sessions';
import { WorkspaceStore } from '../workspaceStore';
import { EXEMPLAR_SETTINGS, exemplarPath } from './exemplarSettings';
import { GitIgnore } from './gitIgnore';

/** Endings of files that hold prose; a file without one may. */
const PROSE =
  /(?:^|\/)[^./]+$|\.(?:md|mdx|markdown|mkd|txt|text|rst|adoc|asciidoc|org|tex|fountain|typ|wiki|qmd|rmd)$/iu;

/** A file or draft in which there may be something human. */
export interface ProseFile {
  uri: vscode.Uri;
  /** From the workspace folder, for people. */
  path: string;
  /** Whether the writer names it as theirs. */
  own: boolean;
}

/** Finds the files that exemplars may come from. */
export class ProseFiles {
  readonly #git = new GitIgnore();

  constructor(private readonly sessions: Sessions) {}

  /**
   * Open drafts, files that the writer names as theirs, and drafts with a tree; but nothing hidden, ignored by
   * git, excluded by the setting, or of a kind that holds no prose.
   */
  async list(): Promise<ProseFile[]> {
    const found = new Map<string, ProseFile>();
    for (const { document } of this.sessions.all()) {
      const { uri } = document;
      found.set(uri.toString(), { uri, path: exemplarPath(uri), own: isOwn(document) });
    }
    for (const uri of await ownFiles()) {
      found.set(uri.toString(), { uri, path: exemplarPath(uri), own: true });
    }
    for (const uri of await draftsWithTrees()) {
      const known = found.get(uri.toString());
      found.set(uri.toString(), known ?? { uri, path: exemplarPath(uri), own: false });
    }
    const files = [...found.values()];
    const may = await Promise.all(files.map(({ uri }) => this.mayRead(uri)));
    return files.filter((_, i) => may[i]);
  }

  /** Whether exemplars may come from a file at all. */
  async mayRead(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) {
      return uri.scheme === 'untitled' || PROSE.test(uri.path);
    }
    const path = uri.path.slice(folder.uri.path.replace(/\/$/u, '').length + 1);
    const isHidden = path.split('/').some((part) => part.startsWith('.'));
    if (path === '' || isHidden || !PROSE.test(path) || excludedFiles(folder).ignores(path)) {
      return false;
    }
    return !(await this.#git.ignores(uri, folder.uri));
  }

  /** What git ignores is to be read anew. */
  forgetIgnored(): void {
    this.#git.forget();
  }
}

/** The files of a workspace folder that are never read for exemplars, as lines of a `.gitignore` name them. */
function excludedFiles(folder: vscode.WorkspaceFolder): Ignore {
  const settings = vscode.workspace.getConfiguration(EXEMPLAR_SETTINGS, folder.uri);
  const lines = settings.get<unknown>('exclude');
  const isText = (line: unknown): line is string => typeof line === 'string';
  return ignore().add(Array.isArray(lines) ? lines.filter(isText) : []);
}

async function draftsWithTrees(): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(async ({ uri }) => {
      const names = await new WorkspaceStore(uri).folders(VARIORUM_FOLDER);
      return names.flatMap((name) => {
        const path = documentOfFolder(name);
        return path === undefined ? [] : [vscode.Uri.joinPath(uri, ...path.split('/'))];
      });
    }),
  );
  return found.flat();
}
