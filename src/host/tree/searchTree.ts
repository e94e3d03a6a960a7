import * as vscode from 'vscode';
import type { NodeId, TreeNode } from '../../core/tree/node';
import { parseQuery, searchNodes } from '../../core/tree/nodeSearch';
import type { DocumentSession } from '../documentSession';
import type { Cursor } from './cursor';
import { authorOf, oneLine, titleOf } from './nodeItem';

/** At most so many results are listed. */
const LIMIT = 200;
/** How long typing rests before it is searched, in milliseconds. */
const SEARCH_AFTER = 60;

type Item = vscode.QuickPickItem & { id: NodeId };

/** Searches the tree as the writer types; Enter goes to the node. */
export async function searchTree(
  session: DocumentSession,
  cursor: Cursor,
  flagsOf: (id: NodeId) => readonly string[],
): Promise<void> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Search Tree');
  pick.placeholder = vscode.l10n.t(
    'Words, "a phrase", model:name, flag:code, is:human, is:model, is:bookmarked, is:pruned, is:failed',
  );
  const { tree } = session.journal;
  const search = () => {
    const found = searchNodes({ tree, flagsOf }, parseQuery(pick.value), LIMIT);
    pick.items = found.map((node) => itemOf(session, node));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  pick.onDidChangeValue(() => {
    clearTimeout(timer);
    timer = setTimeout(search, SEARCH_AFTER);
  });
  const chosen = new Promise<NodeId | undefined>((resolve) => {
    pick.onDidAccept(() => {
      clearTimeout(timer);
      search();
      resolve(pick.activeItems[0]?.id);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      resolve(undefined);
      pick.dispose();
    });
  });
  search();
  pick.show();
  const id = await chosen;
  if (id !== undefined) {
    await cursor.go(session, id);
  }
}

function itemOf({ journal: { tree } }: DocumentSession, node: Readonly<TreeNode>): Item {
  return {
    id: node.id,
    label: titleOf(tree, node),
    description: `${authorOf(node)} · ${new Date(node.created).toLocaleString()}`,
    detail: oneLine(node.text),
    // The list is ours; the box's own filter would ask for the filters' words in it.
    alwaysShow: true,
  };
}
