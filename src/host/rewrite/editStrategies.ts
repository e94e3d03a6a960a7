import * as vscode from 'vscode';
import { BUILT_IN_FILES } from '../../core/rewrite/strategies';
import { parseStrategy } from '../../core/rewrite/strategy';
import { noWorkspace, untrusted } from './rewriteErrors';
import { strategiesFolder } from './strategyFiles';

/**
 * *Edit Rewrite Strategies*: opens the copy of a built-in strategy in the workspace, made if need be, or a file
 * of the writer's own.
 * @throws VariorumError when no folder is open, or the workspace is not trusted
 */
export async function editStrategies(): Promise<void> {
  const folder = strategiesFolder(vscode.window.activeTextEditor?.document.uri);
  if (!folder) {
    throw noWorkspace();
  }
  if (!vscode.workspace.isTrusted) {
    throw untrusted();
  }
  const own = await namesIn(folder);
  const { l10n, window } = vscode;
  const builtIn = BUILT_IN_FILES.map((text) => {
    const { name, about } = parseStrategy('that ships with Variorum', text);
    return { name, about, text, file: `${name}.md` };
  });
  const isOwn = (file: string) => own.includes(file);
  const items = [
    ...own.map((file) => ({
      label: file,
      description: l10n.t('in this workspace'),
      file,
      text: '',
    })),
    ...builtIn
      .filter(({ file }) => !isOwn(file))
      .map(({ name, about, file, text }) => ({
        label: name,
        description: l10n.t('built in: a copy is made'),
        detail: about,
        ...{ file, text },
      })),
  ];
  const placeHolder = l10n.t('Which strategy? Yours take the place of built-in ones of that name.');
  const choice = await window.showQuickPick(items, { placeHolder, matchOnDetail: true });
  if (!choice) {
    return;
  }
  const uri = vscode.Uri.joinPath(folder, choice.file);
  if (choice.text !== '') {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(choice.text));
  }
  await vscode.commands.executeCommand('vscode.open', uri);
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name]) => name).filter((name) => name.endsWith('.md'));
  } catch {
    // There is no such folder yet.
    return [];
  }
}
