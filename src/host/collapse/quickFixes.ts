import * as vscode from 'vscode';
import { CODES } from '../../core/collapse/codes';
import { hasCode, type FlagCode } from '../../core/collapse/flag';
import { phraseOf } from '../../core/collapse/rules';
import type { NodeId } from '../../core/tree/node';
import type { AllowLevel } from './allowStore';
import type { RewriteArgument } from '../rewrite/rewritePlaces';
import type { PlaceArgument } from '../forks/forks';
import { FindingDiagnostic } from './finding';
import { translate } from './words';

/** Commands that quick fixes run; they are in no menu. */
export const FIX_COMMANDS = {
  allow: 'collapse.allow',
  turnOff: 'collapse.turnOff',
  dismiss: 'collapse.dismiss',
} as const;

export interface AllowFix {
  uri: vscode.Uri;
  level: AllowLevel | 'always';
  phrase: string;
}

export interface DismissFix {
  uri: vscode.Uri;
  node: NodeId;
  key: string;
}

export interface TurnOffFix {
  code: FlagCode;
}

const { QuickFix } = vscode.CodeActionKind;
const LONGEST = 40;

/** What to do about a finding. One that was found in an older version of the document is refused. */
export function registerQuickFixes(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { pattern: '**' },
    {
      provideCodeActions: (document, _range, { diagnostics }) =>
        diagnostics.flatMap((diagnostic) =>
          diagnostic instanceof FindingDiagnostic && diagnostic.version === document.version
            ? actionsFor(diagnostic, document)
            : [],
        ),
    },
    { providedCodeActionKinds: [QuickFix] },
  );
}

function actionsFor(
  diagnostic: FindingDiagnostic,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const { flag, origin } = diagnostic.found;
  const phrase = phraseOf(flag);
  const shown = phrase === undefined ? '' : shortened(phrase);
  const { uri } = document;
  const action = (title: string, command: string, argument: unknown) => {
    const made = new vscode.CodeAction(title, QuickFix);
    made.diagnostics = [diagnostic];
    made.command = { title, command: `variorum.${command}`, arguments: [argument] };
    return made;
  };
  const allow = (title: string, level: AllowFix['level']) =>
    phrase === undefined
      ? []
      : [action(title, FIX_COMMANDS.allow, { uri, level, phrase } satisfies AllowFix)];
  return [
    ...escapes(diagnostic, document),
    ...rewriting(diagnostic, document),
    ...deletion(diagnostic, document),
    ...allow(vscode.l10n.t('Allow “{0}” in This Document', shown), 'here'),
    ...allow(vscode.l10n.t('Allow “{0}” in This Workspace', shown), 'workspace'),
    ...allow(vscode.l10n.t('Always Allow “{0}”', shown), 'always'),
    ...(origin
      ? [
          action(vscode.l10n.t('Dismiss Here'), FIX_COMMANDS.dismiss, {
            uri,
            ...origin,
          } satisfies DismissFix),
        ]
      : []),
    action(
      vscode.l10n.t('Turn Off “{0}”', translate(CODES[flag.code].title)),
      FIX_COMMANDS.turnOff,
      { code: flag.code } satisfies TurnOffFix,
    ),
  ];
}

/** Text that a model was certain of can be left where its branch is known. */
function escapes(
  diagnostic: FindingDiagnostic,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const { flag, origin } = diagnostic.found;
  if (flag.code !== 'stuck-run' || !origin) {
    return [];
  }
  const title = vscode.l10n.t('Escape Here: Other Branches from This Place');
  const action = new vscode.CodeAction(title, QuickFix);
  action.diagnostics = [diagnostic];
  const argument: PlaceArgument = { uri: document.uri.toString(), at: flag.start };
  action.command = { title, command: 'variorum.escapeHere', arguments: [argument] };
  return [action];
}

/** Other ways to say it: of a phrase its sentence, without the phrase; else the stretch itself. */
function rewriting(
  diagnostic: FindingDiagnostic,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const { flag } = diagnostic.found;
  if (flag.start >= flag.end) {
    return [];
  }
  const phrase = phraseOf(flag);
  const title =
    phrase === undefined
      ? vscode.l10n.t('Rewrite This Passage')
      : vscode.l10n.t('Rewrite the Sentence Without “{0}”', shortened(phrase));
  const { start, end } = flag;
  const argument: RewriteArgument = {
    ...{ uri: document.uri.toString(), start, end },
    ...(phrase === undefined ? {} : { scope: 'sentence', avoid: [phrase] }),
  };
  const action = new vscode.CodeAction(title, QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command: 'variorum.rewrite', arguments: [argument] };
  return [action];
}

/** Only words are deleted at one stroke; what is wrong with a whole text is mended by writing. */
function deletion(
  diagnostic: FindingDiagnostic,
  document: vscode.TextDocument,
): vscode.CodeAction[] {
  const { flag } = diagnostic.found;
  const isSentence =
    hasCode(flag, 'moralising') ||
    hasCode(flag, 'stock-ending') ||
    (hasCode(flag, 'canned-phrase') && flag.evidence.kind === 'worn');
  if (!isSentence && flag.code !== 'canned-phrase' && flag.code !== 'attractor') {
    return [];
  }
  const title = isSentence
    ? vscode.l10n.t('Delete This Sentence')
    : vscode.l10n.t('Delete “{0}”', shortened(document.getText(diagnostic.range)));
  const action = new vscode.CodeAction(title, QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  action.edit.delete(document.uri, withSpace(diagnostic.range, document));
  return [action];
}

/** With the space before it, or else after it, so that none is left double. */
function withSpace(range: vscode.Range, document: vscode.TextDocument): vscode.Range {
  const line = document.lineAt(range.end.line).text;
  if (range.start.character > 0) {
    const before = range.with(range.start.translate(0, -1));
    if (document.getText(before).startsWith(' ')) {
      return before;
    }
  }
  return line.charAt(range.end.character) === ' '
    ? range.with(undefined, range.end.translate(0, 1))
    : range;
}

function shortened(phrase: string): string {
  const line = phrase.replace(/\s+/gu, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
