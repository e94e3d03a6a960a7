import * as vscode from 'vscode';
import type { Models } from '../models';

/** *Forget Key*: takes the key of one server, or of all of them, out of the secret storage. */
export async function forgetKey(models: Models, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const origins = await models.keys.origins();
  if (origins.length === 0) {
    await vscode.window.showInformationMessage(t('Variorum has no keys.'));
    return;
  }
  const given = typeof argument === 'string' ? models.keyOrigin(`${argument}#`) : undefined;
  const all = t('All of Them');
  const choice =
    given ??
    (await vscode.window.showQuickPick([...origins, ...(origins.length > 1 ? [all] : [])], {
      title: t('Forget a key'),
      placeHolder: t('The server whose key to forget'),
    }));
  const forgotten = choice === all ? origins : origins.filter((origin) => origin === choice);
  for (const origin of forgotten) {
    await models.keys.remove(origin);
  }
  if (forgotten.length > 0) {
    // Nobody waits for it to be read.
    void vscode.window.showInformationMessage(
      t('Variorum has forgotten the key for {0}.', forgotten.join(', ')),
    );
  }
}
