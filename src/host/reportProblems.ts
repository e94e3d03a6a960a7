import * as vscode from 'vscode';
import type { DocumentJournal } from '../core/tree/documentJournal';

/** Tells the writer that parts of a tree could not be read, and the log which. */
export function reportProblems({ problems }: DocumentJournal, log: vscode.LogOutputChannel): void {
  if (problems.length === 0) {
    return;
  }
  for (const { code, file, line, reason } of problems) {
    log.warn(`${file}${line === null ? '' : `:${line}`} (${code}): ${reason}`);
  }
  const [first] = problems;
  const message = vscode.l10n.t(
    'Variorum skipped {0} damaged lines in the history of this draft (first in {1}). The files are left as they are; everything else was read.',
    problems.length,
    first?.file ?? '',
  );
  const details = vscode.l10n.t('Show Details');
  void vscode.window.showWarningMessage(message, details).then((choice) => {
    if (choice === details) {
      log.show();
    }
  });
}
