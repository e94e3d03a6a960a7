import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { FORMAT_IDS, type FormatId, type Loss } from '../../core/tree/formats/loom';
import type { DocumentSession } from '../documentSession';
import type { Parts } from '../parts';
import { formatNames } from './formatNames';

/** What can hold token probabilities. */
const WITH_TOKENS: ReadonlySet<FormatId> = new Set(['pyloom', 'mikupad']);

export interface ExportRequest {
  /** Asked for when absent. */
  format?: FormatId | undefined;
  /** The file to be written, over one that is there; asked for when absent. */
  to?: vscode.Uri | undefined;
}

export interface Exported {
  to: vscode.Uri;
  losses: readonly Loss[];
}

/**
 * Writes a document's tree into a file of another program's format.
 * @returns undefined when the writer changed their mind
 * @throws VariorumError when there is nothing to write, or it does not fit the format
 */
export async function exportTree(
  parts: Parts,
  session: DocumentSession,
  request: ExportRequest,
): Promise<Exported | undefined> {
  const { tree } = session.journal;
  if (tree.size === 0) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('This document has no tree yet.'),
      action: vscode.l10n.t('Continue it first, or import a tree.'),
      retryable: false,
    });
  }
  const format = request.format ?? (await askForFormat());
  const formats = await parts.load('formats');
  const to = request.to ?? (format && (await askForPlace(session, formats.extensionOf(format))));
  if (format === undefined || to === undefined) {
    return undefined;
  }
  const ids = WITH_TOKENS.has(format) ? [...tree.nodes()].map(({ id }) => id) : [];
  const { runs } = await session.journal.loadRuns(ids);
  const whole = formats.loomOf(tree, runs, tree.latestPlace()?.node);
  const written = formats.writeLoom(format, whole.loom);
  await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(written.text));
  return { to, losses: [...written.losses, ...whole.losses] };
}

async function askForFormat(): Promise<FormatId | undefined> {
  const names = formatNames();
  const items = FORMAT_IDS.map((id) => ({ ...names[id], id }));
  const title = vscode.l10n.t('Export Tree');
  const choice = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
  return choice?.id;
}

async function askForPlace(
  { document }: DocumentSession,
  extension: string,
): Promise<vscode.Uri | undefined> {
  const { path } = document.uri;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '');
  const beside = { path: `${path.slice(0, path.lastIndexOf('/'))}/${name}.tree.${extension}` };
  const isUntitled = document.uri.scheme === 'untitled';
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Tree'),
    saveLabel: vscode.l10n.t('Export'),
    filters: { [extension]: [extension] },
    ...(isUntitled ? {} : { defaultUri: document.uri.with(beside) }),
  });
}
