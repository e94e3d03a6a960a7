import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { registerCommand } from '../commands';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import type { Parts } from '../parts';
import type { Sessions } from '../sessions';

export interface ExchangeParts {
  sessions: Sessions;
  parts: Parts;
  log: vscode.LogOutputChannel;
}

/** Trees in from other programs, and out to them. */
export function registerExchange({ sessions, parts, log }: ExchangeParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand('importTree', log, async (argument) => {
      const session = await active(sessions);
      await (await parts.loadHost('exchange')).runImport(parts, session, argument);
    }),
    registerCommand('exportTree', log, async (argument) => {
      const session = await active(sessions);
      await (await parts.loadHost('exchange')).runExport(parts, session, argument);
    }),
  );
}

/** The session of the draft in front. @throws VariorumError when there is none */
async function active(sessions: Sessions): Promise<DocumentSession> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isDraft(document)) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There is no draft here.'),
      action: vscode.l10n.t('Open the document whose tree it is.'),
      retryable: false,
    });
  }
  return sessions.open(document);
}
