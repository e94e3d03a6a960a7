import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { documentFolder, documentOfFolder } from '../../core/tree/documentFolder';
import { visitJournal } from '../../core/tree/journalReader';
import type { TreeHome } from '../../core/tree/moveTree';
import type { TreeNode } from '../../core/tree/node';
import { joinPath } from '../../core/tree/store';
import { Tree } from '../../core/tree/tree';
import { journalPlace } from '../journalPlace';
import { WorkspaceStore } from '../workspaceStore';
import { oneLine } from './nodeItem';

/** At most so many files of a workspace are looked at to find out whose a tree is. */
const MOST_FILES = 20_000;

type Item = vscode.QuickPickItem & { home: TreeHome };

/** Lets the writer choose a tree that has no document any more. @throws VariorumError when there is none */
export async function findOrphans(
  document: vscode.TextDocument,
  context: vscode.ExtensionContext,
): Promise<TreeHome | undefined> {
  const places = [journalPlace(document, context), storagePlace(context)];
  const items: Item[] = [];
  for (const place of places) {
    items.push(...(await orphansIn(place)));
  }
  if (items.length === 0) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There are no trees without a document here.'),
      action: vscode.l10n.t('Every tree in this workspace belongs to a document that is there.'),
      retryable: false,
    });
  }
  const path = vscode.workspace.asRelativePath(document.uri);
  const choice = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Orphaned Trees'),
    placeHolder: vscode.l10n.t('Which tree belongs to {0}?', path),
    matchOnDetail: true,
  });
  return choice?.home;
}

/** Paths of the documents below a folder's path that have trees. */
export async function homesBelow({ store, root, document }: TreeHome): Promise<string[]> {
  const names = store instanceof WorkspaceStore ? await store.folders(root) : [];
  return names
    .flatMap((name) => documentOfFolder(name) ?? [])
    .filter((path) => path.startsWith(`${document}/`));
}

function storagePlace(context: vscode.ExtensionContext): TreeHome {
  const uri = vscode.Uri.from({ scheme: 'untitled', path: '-' });
  return journalPlace({ uri }, context);
}

async function orphansIn(place: TreeHome): Promise<Item[]> {
  const { store, root } = place;
  if (!(store instanceof WorkspaceStore)) {
    return [];
  }
  const isStorage = place.document.includes(':');
  const known = isStorage ? new Set<string>() : await foldersOfFiles(store);
  const items: Item[] = [];
  for (const name of await store.folders(root)) {
    const path = documentOfFolder(name);
    if (known.has(name) || (await exists(store, path, isStorage))) {
      continue;
    }
    const item = await describe({ store, root, document: path ?? name }, name);
    if (item) {
      items.push(item);
    }
  }
  return items;
}

/** The folders that trees of the files in a workspace folder would have. */
async function foldersOfFiles(store: WorkspaceStore): Promise<Set<string>> {
  const pattern = new vscode.RelativePattern(store.root, '**/*');
  const files = await vscode.workspace.findFiles(pattern, '**/node_modules/**', MOST_FILES);
  const start = store.root.path.replace(/\/$/u, '').length + 1;
  return new Set(files.map(({ path }) => documentFolder(path.slice(start))));
}

async function exists(
  store: WorkspaceStore,
  path: string | undefined,
  isStorage: boolean,
): Promise<boolean> {
  if (path === undefined) {
    return false;
  }
  const uri = isStorage ? vscode.Uri.parse(path) : vscode.Uri.joinPath(store.root, path);
  if (uri.scheme === 'untitled') {
    return vscode.workspace.textDocuments.some((each) => each.uri.toString() === path);
  }
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

async function describe(home: TreeHome, folder: string): Promise<Item | undefined> {
  const tree = new Tree();
  await visitJournal(home.store, joinPath(home.root, folder), (event) => tree.apply(event));
  if (tree.size === 0) {
    return undefined;
  }
  let latest: Readonly<TreeNode> | undefined;
  for (const node of tree.nodes()) {
    latest = latest === undefined || node.created > latest.created ? node : latest;
  }
  const [root] = tree.roots();
  return {
    home,
    label: home.document,
    description: vscode.l10n.t(
      '{0} nodes, last {1}',
      tree.size,
      new Date(latest?.created ?? 0).toLocaleString(),
    ),
    detail: oneLine(root?.text ?? ''),
  };
}
