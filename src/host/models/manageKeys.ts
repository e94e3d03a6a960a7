import * as vscode from 'vscode';
import type { Models } from '../models';

/** *Manage Keys*: which servers there are keys for, to replace or remove them. Keys are never shown. */
export async function manageKeys(models: Models): Promise<void> {
  const origins = await models.keys.origins();
  if (origins.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Variorum has no keys. It asks for one when a server wants it.'),
    );
    return;
  }
  const origin = await vscode.window.showQuickPick(origins, {
    title: vscode.l10n.t('Keys in the secret storage of VS Code'),
    placeHolder: vscode.l10n.t('A server whose key to replace or remove'),
  });
  if (origin !== undefined) {
    await changeKey(models, origin);
  }
}

async function changeKey(models: Models, origin: string): Promise<void> {
  const replace = vscode.l10n.t('Enter Another Key');
  const remove = vscode.l10n.t('Remove the Key');
  const choice = await vscode.window.showQuickPick([replace, remove], { title: origin });
  if (choice === replace) {
    await models.askForKey(origin);
  } else if (choice === remove) {
    await models.keys.remove(origin);
  }
}
