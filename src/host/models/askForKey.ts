import * as vscode from 'vscode';
import { readAddress } from '../../core/model/discovery/address';
import type { KeyRing } from './keyRing';

/**
 * Asks for the key of an origin and stores it.
 * @param why said before the question, for example that the server refused the old one
 * @returns whether there is a new one
 */
export async function askForKey(keys: KeyRing, origin: string, why = ''): Promise<boolean> {
  if (isExposed(origin) && !(await mayTravelInTheOpen(origin))) {
    return false;
  }
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Key for {0}', origin),
    prompt: [
      why,
      vscode.l10n.t('Kept in the secret storage of VS Code and sent to this address only.'),
    ]
      .join(' ')
      .trim(),
    password: true,
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  if (key === undefined) {
    return false;
  }
  await keys.store(origin, key.trim());
  return true;
}

function isExposed(origin: string): boolean {
  const address = readAddress(origin);
  return 'problem' in address || address.exposed;
}

async function mayTravelInTheOpen(origin: string): Promise<boolean> {
  const anyway = vscode.l10n.t('Use a Key Anyway');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is not encrypted.', origin),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Over plain http, everyone on the way to that machine can read the key and the draft. Use an address that begins with https if there is one.',
      ),
    },
    anyway,
  );
  return choice === anyway;
}

/** A key goes into a header, which takes visible ASCII only. */
function problemOf(text: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text.trim())
    ? undefined
    : vscode.l10n.t('A key is one word of letters, digits and signs.');
}
