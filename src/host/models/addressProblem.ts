import * as vscode from 'vscode';
import type { AddressProblem } from '../../core/model/discovery/address';

/** What is wrong with an address, and what to do. */
export function addressProblem(problem: AddressProblem): string {
  switch (problem) {
    case 'not-an-address':
      return vscode.l10n.t('This is no address. One looks like https://api.openai.com/v1.');
    case 'scheme':
      return vscode.l10n.t('The address has to begin with http:// or https://.');
    case 'credentials':
      return vscode.l10n.t(
        'There is a name or password in the address. Leave it out; the key is asked for later.',
      );
    case 'extra':
      return vscode.l10n.t('Leave out everything from the ? or # on.');
  }
}
