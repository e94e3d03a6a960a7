import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import { registerCommand } from '../commands';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import type { Sessions } from '../sessions';
import { exportProvenance } from './exportProvenance';
import { ProvenanceMarks } from './provenanceMarks';
import { TypedStore } from './typedStore';

export interface ProvenanceParts {
  sessions: Sessions;
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
}

/**
 * What is prose is followed from the moment that it is shown, so that no typing is missed. Its session
 * opens only with the first change: it takes some 15 ms and, for a chapter, a megabyte.
 */
const PROSE = new Set(['markdown', 'plaintext']);

/** Follows where text comes from, shows it on demand, and exports it. */
export function registerProvenance({ sessions, context, log }: ProvenanceParts): Disposables {
  const disposables = new Disposables();
  const store = disposables.add(new TypedStore(sessions, context, log));
  const marks = disposables.add(new ProvenanceMarks(sessions));
  const active = async (): Promise<DocumentSession> => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDraft(document)) {
      throw new VariorumError({
        code: 'bad-request',
        message: vscode.l10n.t('There is no draft here.'),
        action: vscode.l10n.t('Put the cursor into a text document first.'),
        retryable: false,
      });
    }
    const session = await sessions.open(document);
    await store.known(session);
    return session;
  };
  const follow = (editor: vscode.TextEditor | undefined) => {
    if (editor && PROSE.has(editor.document.languageId) && isDraft(editor.document)) {
      sessions.follow(editor.document);
      if (marks.isOn) {
        sessions.open(editor.document).catch((error: unknown) => log.error(String(error)));
      }
    }
  };
  disposables.add(vscode.window.onDidChangeActiveTextEditor(follow));
  disposables.add(
    registerCommand('showProvenance', log, async () => {
      if (!marks.isOn) {
        await active();
      }
      marks.toggle();
    }),
  );
  disposables.add(
    registerCommand('exportProvenance', log, async () => exportProvenance(await active())),
  );
  follow(vscode.window.activeTextEditor);
  return disposables;
}
