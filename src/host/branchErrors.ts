import * as vscode from 'vscode';
import { VariorumError } from '../core/model/error';

export function noSuchBranch(index: number): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('There is no branch {0} here.', index + 1),
    action: vscode.l10n.t('Choose one of the numbers on the cards.'),
    retryable: false,
  });
}

export function nothingYet(index: number): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('There is no text in branch {0} yet.', index + 1),
    action: vscode.l10n.t('Wait a moment, or choose another.'),
    retryable: true,
  });
}

/** More cannot be asked for where the passage is no longer known. */
export function forgotten(): VariorumError {
  return new VariorumError({
    code: 'bad-request',
    message: vscode.l10n.t('What these branches were asked with is no longer known.'),
    action: vscode.l10n.t('Put the cursor where the text should go on and continue there.'),
    retryable: false,
  });
}
