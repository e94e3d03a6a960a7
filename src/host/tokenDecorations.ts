import * as vscode from 'vscode';
import { shownTokens } from '../core/attachment/tokens';
import { confidenceStep, type ConfidenceStep } from '../core/model/confidence';
import type { Span } from '../core/text/span';
import { Disposables } from './disposables';
import type { DocumentSession } from './documentSession';
import type { Sessions } from './sessions';
import { tokenColors } from './settings';

type ShownStep = Exclude<ConfidenceStep, 'plain'>;

/** Lines beyond the visible ones that are coloured too, so that scrolling shows no bare text. */
const MARGIN_LINES = 60;

/** Colours the tokens of attached text in all visible editors. */
export function registerTokenDecorations(sessions: Sessions): Disposables {
  const disposables = new Disposables();
  const types = createTypes(disposables);
  const paint = (editor: vscode.TextEditor) => paintEditor(editor, sessions, types);
  const paintAll = () => vscode.window.visibleTextEditors.forEach(paint);
  disposables.add(vscode.window.onDidChangeVisibleTextEditors(paintAll));
  disposables.add(vscode.window.onDidChangeTextEditorVisibleRanges((e) => paint(e.textEditor)));
  disposables.add(
    sessions.onDidChangeAttachments(({ document }) => {
      vscode.window.visibleTextEditors.filter((e) => e.document === document).forEach(paint);
    }),
  );
  disposables.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(tokenColors.key)) {
        paintAll();
      }
    }),
  );
  disposables.add(
    vscode.commands.registerCommand('variorum.toggleTokenColors', () => tokenColors.toggle()),
  );
  paintAll();
  return disposables;
}

type Types = Record<ShownStep, vscode.TextEditorDecorationType>;

/** A fixed handful, made once. The second cue besides colour is the underline. */
function createTypes(disposables: Disposables): Types {
  const type = (options: vscode.DecorationRenderOptions) =>
    disposables.add(
      vscode.window.createTextEditorDecorationType({
        ...options,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      }),
    );
  const certain = (color: string, underline: string) =>
    type({
      backgroundColor: new vscode.ThemeColor(`variorum.${color}`),
      textDecoration: `underline ${underline}; text-underline-offset: 0.25em; text-decoration-skip-ink: none; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent)`,
    });
  return {
    sure: certain('tokenSure', 'dotted 1px'),
    surer: certain('tokenSurer', 'solid 1px'),
    surest: certain('tokenSurest', 'double 1px'),
    low: type({
      borderStyle: 'none none dashed none',
      borderWidth: '1px',
      borderColor: new vscode.ThemeColor('variorum.tokenLow'),
    }),
  };
}

function paintEditor(editor: vscode.TextEditor, sessions: Sessions, types: Types): void {
  const session = tokenColors.enabled() ? sessions.get(editor.document) : undefined;
  const ranges: Record<ShownStep, vscode.Range[]> = { sure: [], surer: [], surest: [], low: [] };
  if (session) {
    for (const visible of editor.visibleRanges) {
      collect(session, withMargin(visible, session), ranges);
    }
  }
  for (const step of Object.keys(types) as ShownStep[]) {
    editor.setDecorations(types[step], ranges[step]);
  }
}

function withMargin(visible: vscode.Range, { draft }: DocumentSession): Span {
  const first = Math.max(0, visible.start.line - MARGIN_LINES);
  const last = visible.end.line + MARGIN_LINES;
  return {
    start: draft.offsetAt(new vscode.Position(first, 0)),
    end: Math.max(
      draft.offsetAt(visible.end),
      Math.min(draft.text.length, draft.offsetAt(new vscode.Position(last, 0))),
    ),
  };
}

function collect(
  { draft, tokensOf }: DocumentSession,
  span: Span,
  ranges: Record<ShownStep, vscode.Range[]>,
): void {
  for (const shown of shownTokens(draft.state.attachments, tokensOf, span)) {
    const step = confidenceStep(shown.token.logprob);
    if (step !== 'plain') {
      ranges[step].push(draft.rangeOf(withoutLeadingSpace(shown, draft.text)));
    }
  }
}

/** The space before a word belongs to its token, but marked it would only join words to one block. */
function withoutLeadingSpace({ start, end }: Span, text: string): Span {
  const word = text.slice(start, end).trimStart();
  return word === '' ? { start, end } : { start: end - word.length, end };
}
