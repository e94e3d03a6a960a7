import * as vscode from 'vscode';
import { toProvenanceJson } from '../../core/provenance/json';
import type { DocumentSession } from '../documentSession';
import { clock } from '../platform';
import { provenanceOf } from './documentProvenance';

/** Opens what is known of a document's origins as JSON, in an editor of its own, to be looked at and saved. */
export async function exportProvenance(session: DocumentSession): Promise<void> {
  const { document, draft, journal } = session;
  const json = toProvenanceJson(
    {
      name: vscode.workspace.asRelativePath(document.uri),
      text: draft.text,
      time: clock.now(),
      node: (id) => journal.tree.node(id),
    },
    provenanceOf(session),
  );
  const content = `${JSON.stringify(json, null, 2)}\n`;
  const exported = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(exported, { preview: false });
}
