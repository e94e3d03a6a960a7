import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { CheckpointReason } from '../../core/tree/checkpoint';
import type { Checkpoint } from '../../core/tree/versionLog';
import type { DocumentSession } from '../documentSession';
import { showVersion, versionText } from './checkOut';
import { diff, type TextShelf } from './compareNodes';
import { oneLine } from './nodeItem';

type Item = vscode.QuickPickItem & { checkpoint: Checkpoint };

/** *Go Back to Checkpoint*: the whole document as it was then, as one undoable edit. */
export async function goBackToCheckpoint(
  session: DocumentSession,
  shelf: TextShelf,
): Promise<void> {
  // What is there now can be come back to as well.
  session.keeper.keep('checkout');
  const items = itemsOf(session);
  if (items.length === 0) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There are no checkpoints of this draft yet.'),
      action: vscode.l10n.t('One is made whenever you continue, insert a branch or save.'),
      retryable: false,
    });
  }
  const checkpoint = await choose(session, items, shelf);
  const pieces = checkpoint && session.keeper.versions.version(checkpoint.id);
  if (pieces) {
    await showVersion(session, pieces, checkpoint.node);
  }
}

function choose(
  session: DocumentSession,
  items: readonly Item[],
  shelf: TextShelf,
): Promise<Checkpoint | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.items = items;
  pick.title = vscode.l10n.t('Go Back to Checkpoint');
  pick.placeholder = vscode.l10n.t('Enter makes the draft what it was then; undo takes that back.');
  pick.matchOnDetail = true;
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ item: { checkpoint, label } }) => {
      const pieces = session.keeper.versions.version(checkpoint.id);
      const text = pieces && versionText(session, pieces);
      if (text !== undefined) {
        const { uri } = session.document;
        const title = `${vscode.workspace.asRelativePath(uri)} ↔ ${label}`;
        void diff(uri, shelf.put(text, uri), title);
      }
    });
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.checkpoint);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemsOf(session: DocumentSession): Item[] {
  const buttons = [
    { iconPath: new vscode.ThemeIcon('diff'), tooltip: vscode.l10n.t('Compare with the draft') },
  ];
  return session.keeper.versions
    .list()
    .reverse()
    .map((checkpoint) => ({
      checkpoint,
      buttons,
      label: new Date(checkpoint.time).toLocaleString(),
      description: wordFor(checkpoint.reason),
      detail: changed(session, checkpoint),
    }));
}

/** The first words that were new then. */
function changed({ journal: { tree } }: DocumentSession, { changes }: Checkpoint): string {
  for (const { pieces } of changes) {
    for (const { node, from, start, end } of pieces) {
      const words = oneLine(tree.node(node)?.text.slice(from, from + end - start) ?? '');
      if (words !== '') {
        return words;
      }
    }
  }
  return vscode.l10n.t('(text taken out)');
}

function wordFor(reason: CheckpointReason): string {
  switch (reason) {
    case 'generate':
      return vscode.l10n.t('before branches were asked for');
    case 'insert':
      return vscode.l10n.t('before a branch was inserted');
    case 'save':
      return vscode.l10n.t('saved');
    case 'checkout':
      return vscode.l10n.t('around a path that was checked out');
  }
}
