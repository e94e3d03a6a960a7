/** Import and export of trees; read when one of them is first asked for. */
import * as vscode from 'vscode';
import { FORMAT_IDS, type FormatId } from '../../core/tree/formats/loom';
import type { DocumentSession } from '../documentSession';
import type { Parts } from '../parts';
import { describeLosses } from './describeLoss';
import { exportTree, type Exported, type ExportRequest } from './exportTree';
import { importTree, type ImportRequest } from './importTree';

/** @param argument what others may hand over instead of what would be asked for */
export async function runImport(
  parts: Parts,
  session: DocumentSession,
  argument: unknown,
): Promise<void> {
  const added = await importTree(parts, session, importRequest(argument));
  if (added !== undefined) {
    const message = vscode.l10n.t('{0} nodes were added to the tree of this document.', added);
    void vscode.window.showInformationMessage(message);
  }
}

/** @param argument what others may hand over instead of what would be asked for */
export async function runExport(
  parts: Parts,
  session: DocumentSession,
  argument: unknown,
): Promise<void> {
  const done = await exportTree(parts, session, exportRequest(argument));
  if (done !== undefined) {
    told(done);
  }
}

function told({ to, losses }: Exported): void {
  const name = to.path.slice(to.path.lastIndexOf('/') + 1);
  const message = vscode.l10n.t('The tree was written to {0}.', name);
  const lost = describeLosses(losses);
  const open = vscode.l10n.t('Open');
  const text = lost === '' ? message : `${message} ${lost.replace(/\n?• /gu, ' • ').trim()}`;
  void vscode.window.showInformationMessage(text, open).then((choice) => {
    if (choice === open) {
      void vscode.commands.executeCommand('vscode.open', to);
    }
  });
}

function importRequest(argument: unknown): ImportRequest {
  const given = fieldsOf(argument);
  return {
    from: given['from'] instanceof vscode.Uri ? given['from'] : undefined,
    sure: given['sure'] === true,
  };
}

function exportRequest(argument: unknown): ExportRequest {
  const { to, format } = fieldsOf(argument);
  return {
    to: to instanceof vscode.Uri ? to : undefined,
    format: isFormat(format) ? format : undefined,
  };
}

function isFormat(value: unknown): value is FormatId {
  return (FORMAT_IDS as readonly unknown[]).includes(value);
}

function fieldsOf(argument: unknown): Record<string, unknown> {
  return typeof argument === 'object' && argument !== null
    ? (argument as Record<string, unknown>)
    : {};
}
