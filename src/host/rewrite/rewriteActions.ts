import * as vscode from 'vscode';
import type { Sessions } from '../sessions';

/** Languages that people write prose in; in others the light bulb shows only where there is a tree. */
const PROSE = new Set(
  'markdown plaintext latex tex asciidoc restructuredtext fountain org typst quarto'.split(' '),
);
const KIND = vscode.CodeActionKind.RefactorRewrite;

/** *Rewrite* in the light bulb and the refactoring menu of a selection. */
export function registerRewriteActions(sessions: Sessions): vscode.Disposable {
  const { l10n, languages } = vscode;
  return languages.registerCodeActionsProvider(
    { pattern: '**' },
    {
      provideCodeActions: (document, range) => {
        const isProse = PROSE.has(document.languageId) || sessions.get(document)?.batch;
        if (range.isEmpty || !isProse) {
          return [];
        }
        const action = (title: string, command: string) => {
          const made = new vscode.CodeAction(title, KIND);
          made.command = { title, command: `variorum.${command}` };
          return made;
        };
        return [
          action(l10n.t('Rewrite in Several Ways'), 'rewrite'),
          action(l10n.t('Rewrite with a Strategy…'), 'rewriteWith'),
        ];
      },
    },
    { providedCodeActionKinds: [KIND] },
  );
}
