import * as vscode from 'vscode';
import type { NodeId } from '../../core/tree/node';
import type { Sessions } from '../sessions';

const SCHEME = 'variorum-sibling';

/** The address under which the text of a branch can be read, whether it is in a document or not. */
export function branchUri(document: vscode.Uri, node: NodeId): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${node}.md`, query: document.toString() });
}

/** Shows branches that findings relate to, read-only. */
export function registerBranchDocuments(sessions: Sessions): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent({ path, query }) {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === query);
      const session = document && sessions.get(document);
      const node = session?.journal.tree.node(path.replace(/^\/|\.md$/gu, ''));
      return node?.text ?? vscode.l10n.t('This branch is of another document, or is gone.');
    },
  });
}
