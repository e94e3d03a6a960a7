import * as vscode from 'vscode';
import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import type { Reading } from '../../core/model/certainty';
import type { Span } from '../../core/text/span';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Sessions } from '../sessions';
import type { EditorColours } from './colours';
import { MARKS, marksOf, type Mark } from './marks';
import { shownIn } from './shownInDraft';
import type { Steps } from './steps';
import type { Yardstick } from './yardstick';

/** Lines beyond the visible ones that are coloured too, so that scrolling shows no bare text. */
const MARGIN_LINES = 60;

export interface DecorationParts {
  sessions: Sessions;
  colours: EditorColours;
  yardstick: Yardstick;
  steps: Steps;
  log: vscode.LogOutputChannel;
}

/** Colours the tokens of attached text in all visible editors. */
export class TokenDecorations implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #onDidPaint = this.#disposables.add(new vscode.EventEmitter<vscode.TextEditor>());
  readonly #types = createTypes(this.#disposables);
  readonly #measuring = new Set<vscode.TextDocument>();

  /** An editor was painted. */
  readonly onDidPaint = this.#onDidPaint.event;

  constructor(private readonly parts: DecorationParts) {
    const { sessions, colours, steps } = parts;
    const all = () => vscode.window.visibleTextEditors.forEach((editor) => this.#paint(editor));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(all));
    this.#disposables.add(
      vscode.window.onDidChangeTextEditorVisibleRanges((e) => this.#paint(e.textEditor)),
    );
    this.#disposables.add(
      sessions.onDidChangeAttachments(({ document }) => this.#paintDocument(document)),
    );
    this.#disposables.add(colours.onDidChange(all));
    this.#disposables.add(steps.onDidChange(all));
    all();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** What an editor shows in a range (LF offsets) and how each token is read. */
  marked(session: DocumentSession, range: Span): { shown: ShownConfidence; reading: Reading }[] {
    const { colours, yardstick, steps } = this.parts;
    const isShown = colours.filter(session);
    if (isShown === undefined) {
      return [];
    }
    const { text } = session.draft;
    return [...shownIn(session, range)]
      .filter(isShown)
      .map((shown) => ({ shown, reading: yardstick.read(text, shown, steps.current) }));
  }

  #paintDocument(document: vscode.TextDocument): void {
    vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .forEach((editor) => this.#paint(editor));
  }

  #paint(editor: vscode.TextEditor): void {
    const session = this.parts.sessions.get(editor.document);
    const ranges = new Map<Mark, vscode.Range[]>(MARKS.map((mark) => [mark, []]));
    if (session) {
      const shown: ShownConfidence[] = [];
      for (const visible of editor.visibleRanges) {
        for (const each of this.marked(session, withMargin(visible, session))) {
          marksOf(each, session.draft.text, (mark, span) =>
            ranges.get(mark)?.push(session.draft.rangeOf(span)),
          );
          shown.push(each.shown);
        }
      }
      this.#measure(session, shown);
    }
    for (const mark of MARKS) {
      editor.setDecorations(this.#types[mark], ranges.get(mark) ?? []);
    }
    this.#onDidPaint.fire(editor);
  }

  /** Looks at the yardstick for what is not known yet, then paints again. */
  #measure(
    { document, draft: { text } }: DocumentSession,
    shown: readonly ShownConfidence[],
  ): void {
    const { yardstick, steps, log } = this.parts;
    const unknown = yardstick.unknown(text, shown, steps.current);
    if (unknown.length === 0 || this.#measuring.has(document)) {
      return;
    }
    this.#measuring.add(document);
    yardstick
      .measure(text, unknown)
      .catch((error: unknown) => log.error(String(error)))
      .finally(() => this.#measuring.delete(document))
      .then(() => this.#paintDocument(document))
      .catch((error: unknown) => log.error(String(error)));
  }
}

/** A fixed handful, made once. The second cue besides colour is the line: under the text, or around it. */
function createTypes(disposables: Disposables): Record<Mark, vscode.TextEditorDecorationType> {
  const type = (options: vscode.DecorationRenderOptions) =>
    disposables.add(
      vscode.window.createTextEditorDecorationType({
        ...options,
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      }),
    );
  const certain = (color: string, line: string, strength: number) =>
    type({
      backgroundColor: new vscode.ThemeColor(`variorum.${color}`),
      textDecoration: `underline ${line}; text-underline-offset: 0.25em; text-decoration-skip-ink: none; text-decoration-color: color-mix(in srgb, currentColor ${strength}%, transparent)`,
    });
  const edge = (borderStyle: string, color: string) =>
    type({
      borderStyle,
      borderWidth: '1px',
      borderColor: new vscode.ThemeColor(`variorum.${color}`),
    });
  return {
    sure: certain('tokenSure', 'dotted 1px', 45),
    surer: certain('tokenSurer', 'solid 1px', 45),
    surest: certain('tokenSurest', 'double 1px', 45),
    'sure-given': certain('tokenGiven', 'dotted 1px', 20),
    'surer-given': certain('tokenGiven', 'solid 1px', 20),
    'surest-given': certain('tokenGiven', 'double 1px', 20),
    stuck: edge('solid', 'tokenStuck'),
    low: edge('none none dashed none', 'tokenLow'),
  };
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
