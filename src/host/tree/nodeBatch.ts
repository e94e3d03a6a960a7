import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { NodeId } from '../../core/tree/node';
import type { BranchesView } from '../branchesView';
import type { DocumentSession } from '../documentSession';
import { hasBatch } from './nodeItem';

/** Shows the batch of a node in the Branches view. @throws VariorumError when no model wrote it */
export async function showNodeInBranches(
  session: DocumentSession,
  id: NodeId,
  view: BranchesView,
): Promise<void> {
  const { tree } = session.journal;
  const node = tree.node(id);
  if (!node || !hasBatch(tree, id)) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('No model wrote this node, so it has no other branches beside it.'),
      action: vscode.l10n.t('Choose a node with a number.'),
      retryable: false,
    });
  }
  await session.show(node.batch);
  await view.reveal();
}
