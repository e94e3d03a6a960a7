import * as vscode from 'vscode';
import { isVariorumError, type ModelError } from '../../core/model/error';

/** What a failure of one of VS Code's own models means, and what to do about it. */
export function languageModelError(error: unknown, label: string): ModelError {
  if (isVariorumError(error)) {
    return error.detail;
  }
  const { l10n } = vscode;
  const told = error instanceof Error ? error.message : String(error);
  switch (error instanceof vscode.LanguageModelError ? error.code : '') {
    case vscode.LanguageModelError.NoPermissions.name:
      return {
        code: 'forbidden',
        message: l10n.t('VS Code has not allowed Variorum to use {0}.', label),
        action: l10n.t(
          'Continue again and choose Allow, or look under "Manage Language Model Access" in the Accounts menu.',
        ),
        retryable: true,
      };
    case vscode.LanguageModelError.Blocked.name:
      return {
        code: 'rate-limited',
        message: l10n.t('{0} is blocked for now: {1}', label, told),
        action: l10n.t('Its quota may be used up. Wait a while, or choose another model.'),
        retryable: true,
      };
    case vscode.LanguageModelError.NotFound.name:
      return goneError(label);
    default:
      return {
        code: 'server',
        message: l10n.t('{0} failed: {1}', label, causeOf(error) ?? told),
        action: l10n.t('Try again, or choose another model.'),
        retryable: true,
      };
  }
}

/** The model is not among those that VS Code has now. */
export function goneError(label: string): ModelError {
  return {
    code: 'not-found',
    message: vscode.l10n.t('VS Code does not have the model {0} now.', label),
    action: vscode.l10n.t(
      'Sign in to what provides it, or choose another one with "Variorum: Choose Model".',
    ),
    retryable: true,
  };
}

/** It was asked to go on with raw text. */
export function messagesOnly(label: string): ModelError {
  return {
    code: 'unsupported',
    message: vscode.l10n.t('{0} takes messages only, and no raw text to go on with.', label),
    action: vscode.l10n.t('Choose a model that takes raw text with "Variorum: Choose Model".'),
    retryable: false,
  };
}

function causeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message !== '' ? cause.message : undefined;
}
