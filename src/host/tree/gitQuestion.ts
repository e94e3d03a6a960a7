import * as vscode from 'vscode';
import { VARIORUM_FOLDER } from '../../core/tree/variorumFolder';

const ASKED = 'variorum.askedAboutGit';
const LINE = `${VARIORUM_FOLDER}/`;

/** Shows a message with buttons; resolves to the one chosen, or undefined. */
type Ask = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/**
 * Asks once in a workspace that git looks after whether its trees are tracked. Only *Ignore* writes
 * anything: a line in `.gitignore`.
 */
export async function askAboutGit(
  folder: Pick<vscode.WorkspaceFolder, 'uri'>,
  workspaceState: vscode.Memento,
  ask: Ask = (message, ...buttons) => vscode.window.showInformationMessage(message, ...buttons),
): Promise<void> {
  const key = `${ASKED}:${folder.uri.toString()}`;
  if (workspaceState.get(key) === true || !(await isInGit(folder.uri))) {
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, '.gitignore');
  const lines = await read(file);
  await workspaceState.update(key, true);
  if (lines.split(/\r?\n/u).some((line) => /^\/?\.variorum\/?$/u.test(line.trim()))) {
    return;
  }
  const ignore = vscode.l10n.t('Ignore');
  const choice = await ask(
    vscode.l10n.t(
      'Variorum keeps the branches and checkpoints of your drafts in {0}. They hold your text and what models wrote. Should git track them?',
      LINE,
    ),
    vscode.l10n.t('Track'),
    ignore,
  );
  if (choice === ignore) {
    const start = lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${start}${LINE}\n`));
  }
}

/** Whether a folder, or one above it, is a git repository. */
async function isInGit(uri: vscode.Uri): Promise<boolean> {
  for (let folder = uri; ; folder = vscode.Uri.joinPath(folder, '..')) {
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, '.git'));
      return true;
    } catch {
      if (folder.path === '/' || /^\/[A-Za-z]:\/?$/u.test(folder.path)) {
        return false;
      }
    }
  }
}

async function read(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}
