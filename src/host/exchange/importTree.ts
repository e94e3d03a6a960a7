import * as vscode from 'vscode';
import type { ReadLoom, FormatId } from '../../core/tree/formats/loom';
import type { DocumentSession } from '../documentSession';
import type { Parts } from '../parts';
import { describeLosses } from './describeLoss';
import { formatNames } from './formatNames';

const EXTENSIONS = ['json', 'jsonl', 'md', 'txt'];
/** Texts that the preview begins to show, and how much of each. */
const SHOWN = { roots: 4, length: 80 };

/** Roots stand at the beginning of the document: where they belong in it, no file says. */
const WHERE = { parent: null, at: 0 };

export interface ImportRequest {
  /** The file; asked for when absent. */
  from?: vscode.Uri | undefined;
  /** Whether to add without showing first what. */
  sure?: boolean | undefined;
}

/**
 * Adds a file of another program to a document's tree, after showing what will be added.
 * @returns how many nodes were added; undefined when the writer changed their mind
 * @throws VariorumError when the file cannot be taken; nothing is added then
 */
export async function importTree(
  parts: Parts,
  session: DocumentSession,
  request: ImportRequest,
): Promise<number | undefined> {
  const from = request.from ?? (await askForFile());
  if (from === undefined) {
    return undefined;
  }
  const [formats, bytes] = await Promise.all([
    parts.load('formats'),
    vscode.workspace.fs.readFile(from),
  ]);
  const read = formats.readLoom(bytes);
  if (request.sure !== true && !(await isWanted(read, from))) {
    return undefined;
  }
  try {
    const added = await formats.addLoom(session.journal, read.loom, WHERE);
    return added.size;
  } finally {
    session.changed();
  }
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import Tree'),
    openLabel: vscode.l10n.t('Import'),
    filters: { [vscode.l10n.t('Trees and texts')]: EXTENSIONS },
  });
  return chosen?.[0];
}

async function isWanted(read: ReadLoom & { format: FormatId }, from: vscode.Uri): Promise<boolean> {
  const { nodes } = read.loom;
  const name = from.path.slice(from.path.lastIndexOf('/') + 1);
  const add = vscode.l10n.t('Add');
  const message = vscode.l10n.t(
    'Add {0} nodes from {1} ({2}) to the tree of this document?',
    nodes.length,
    name,
    formatNames()[read.format].label,
  );
  const detail = [beginnings(read), describeLosses(read.losses)].filter(Boolean).join('\n\n');
  const choice = await vscode.window.showInformationMessage(message, { modal: true, detail }, add);
  return choice === add;
}

/** How the first texts begin. */
function beginnings({ loom }: ReadLoom): string {
  const roots = loom.nodes.filter(({ parent }) => parent === null);
  const shown = roots.slice(0, SHOWN.roots).map(({ text }) => {
    const line = text.trim().replace(/\s+/gu, ' ');
    return line.length > SHOWN.length ? `“${line.slice(0, SHOWN.length)}…”` : `“${line}”`;
  });
  return (roots.length > shown.length ? [...shown, '…'] : shown).join('\n');
}
