import * as vscode from 'vscode';
import type { Passage } from '../core/model/languageModel';
import { fileBefore } from '../core/text/fileOrder';
import { cutPassage } from '../core/text/passage';
import { VARIORUM_FOLDER } from '../core/tree/variorumFolder';
import type { Notice } from '../protocol';
import { NOTES_FILE, type PassageFiles } from './passageFiles';

/** What a model is handed, and what the writer should know about it. */
export interface GatheredPassage {
  passage: Passage;
  notices: readonly Notice[];
}

/** Longest notes that are sent, in UTF-16 code units. */
const LONGEST_NOTES = 8_000;
/** With less text than this before the place, a draft is at its beginning. */
const BEGINNING = 1_500;
/** How much of the file before goes with it, in UTF-16 code units. */
const EARLIER = 6_000;
/** Bytes at the end of that file that hold so much for certain. */
const EARLIER_BYTES = 4 * EARLIER;

/**
 * The passage around a place (LF offset) of a draft: the text before and after it, the end of the file before
 * when the draft has only begun, and the project's notes. What cannot be read is left out, with a notice.
 */
export async function gatherPassage(
  document: vscode.TextDocument,
  text: string,
  at: number,
  { files, instruction }: { files: PassageFiles; instruction?: string | undefined },
): Promise<GatheredPassage> {
  const notices: Notice[] = [];
  const [notes, earlier] = await Promise.all([
    orNotice(notices, () => readNotes(document, files, notices)),
    at < BEGINNING ? orNotice(notices, () => readEarlier(document, files)) : undefined,
  ]);
  const asked = instruction?.trim();
  const passage: Passage = {
    ...cutPassage(text, at),
    ...(asked ? { instruction: asked } : {}),
    ...(notes ? { notes } : {}),
    ...(earlier ? { earlier } : {}),
  };
  return { passage, notices };
}

async function readNotes(
  { uri }: vscode.TextDocument,
  files: PassageFiles,
  notices: Notice[],
): Promise<string | undefined> {
  const folder = folderOf(uri);
  if (!folder) {
    return undefined;
  }
  const text = await files.text(vscode.Uri.joinPath(folder.uri, VARIORUM_FOLDER, NOTES_FILE));
  const notes = text?.trim();
  if (notes === undefined || notes.length <= LONGEST_NOTES) {
    return notes;
  }
  const { before } = cutPassage(notes, LONGEST_NOTES);
  notices.push({
    severity: 'info',
    message: vscode.l10n.t(
      'The notes in {0} are long: their first {1} characters go with the draft, {2} stay out.',
      `${VARIORUM_FOLDER}/${NOTES_FILE}`,
      before.length,
      notes.length - before.length,
    ),
  });
  return before;
}

/** The workspace folder a document belongs to; one without a file belongs to the only one there is. */
function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const only = uri.scheme === 'untitled' && folders.length === 1 ? folders[0] : undefined;
  return vscode.workspace.getWorkspaceFolder(uri) ?? only;
}

/** The end of the file before a document in its folder. */
async function readEarlier(
  { uri }: vscode.TextDocument,
  files: PassageFiles,
): Promise<string | undefined> {
  if (uri.scheme === 'untitled') {
    return undefined;
  }
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const before = fileBefore(name, await files.names(folder));
  const text = before && (await files.text(vscode.Uri.joinPath(folder, before), EARLIER_BYTES));
  return text && cutPassage(text, text.length, { before: EARLIER, after: 0 }).before.trim();
}

/** What is read goes with the draft as a help; the writer is not kept from going on without it. */
async function orNotice<T>(notices: Notice[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    notices.push({
      severity: 'warning',
      message: vscode.l10n.t('Part of what goes with the draft could not be read: {0}', why),
    });
    return undefined;
  }
}
