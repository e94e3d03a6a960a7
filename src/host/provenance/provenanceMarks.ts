import * as vscode from 'vscode';
import { share } from '../../core/provenance/share';
import type { ProvenanceStretch } from '../../core/provenance/stretches';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import type { Sessions } from '../sessions';
import { provenanceOf } from './documentProvenance';
import { OWN_WRITING } from './ownWriting';

type Kind = ProvenanceStretch['kind'];
const KINDS = ['human', 'model', 'unknown'] as const satisfies readonly Kind[];

/** How long edits gather before the marks are drawn anew, in milliseconds. */
const PAINT_AFTER = 150;

/** Shows in the editors where text came from, while it is switched on. */
export class ProvenanceMarks implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #types: Record<Kind, vscode.TextEditorDecorationType>;
  readonly #status: vscode.StatusBarItem;
  #isOn = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sessions: Sessions) {
    this.#types = this.#createTypes();
    this.#status = this.#disposables.add(
      vscode.window.createStatusBarItem('variorum.provenance', vscode.StatusBarAlignment.Right, 90),
    );
    this.#status.name = vscode.l10n.t('Variorum: Provenance');
    this.#status.command = 'variorum.showProvenance';
    const repaint = () => this.#paintSoon();
    this.#disposables.add(sessions.onDidOpen(repaint));
    this.#disposables.add(sessions.onDidChangeAttachments(repaint));
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(repaint));
    this.#disposables.add(vscode.window.onDidChangeActiveTextEditor(repaint));
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(OWN_WRITING)) {
          repaint();
        }
      }),
    );
  }

  /** Whether marks are shown. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** What the status bar says; empty while nothing is shown. */
  get summary(): string {
    return this.#isOn ? this.#status.text : '';
  }

  toggle(): void {
    this.#isOn = !this.#isOn;
    this.paint();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
  }

  paint(): void {
    clearTimeout(this.#timer);
    for (const editor of vscode.window.visibleTextEditors) {
      this.#paintEditor(editor);
    }
    this.#paintStatus();
  }

  #paintSoon(): void {
    if (this.#isOn) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.paint(), PAINT_AFTER);
    }
  }

  #paintEditor(editor: vscode.TextEditor): void {
    const session = this.#isOn ? this.sessions.get(editor.document) : undefined;
    const marks: Record<Kind, vscode.DecorationOptions[]> = { human: [], model: [], unknown: [] };
    for (const stretch of session ? provenanceOf(session) : []) {
      if (session && session.draft.text.slice(stretch.start, stretch.end).trim() !== '') {
        marks[stretch.kind].push(markOf(stretch, session));
      }
    }
    KINDS.forEach((kind) => editor.setDecorations(this.#types[kind], marks[kind]));
  }

  #paintStatus(): void {
    const document = vscode.window.activeTextEditor?.document;
    const session = this.#isOn && document ? this.sessions.get(document) : undefined;
    if (!session) {
      this.#status.hide();
      return;
    }
    const { human, model, unknown } = share(session.draft.text, provenanceOf(session));
    const [yours, models, others] = [human, model, unknown].map(percent);
    this.#status.text = vscode.l10n.t(
      '{0} yours · {1} model · {2} unknown',
      yours ?? '',
      models ?? '',
      others ?? '',
    );
    this.#status.tooltip = legend();
    this.#status.show();
  }

  /** Fixed and few. The letter before each stretch is the second cue besides colour. */
  #createTypes(): Record<Kind, vscode.TextEditorDecorationType> {
    const type = (color: string, letter: string) =>
      this.#disposables.add(
        vscode.window.createTextEditorDecorationType({
          backgroundColor: new vscode.ThemeColor(`variorum.${color}`),
          rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
          before: {
            contentText: letter,
            color: new vscode.ThemeColor('editorCodeLens.foreground'),
            textDecoration: 'none; font-size: 0.75em; vertical-align: super; margin: 0 0.15em',
          },
        }),
      );
    return {
      human: type('provenanceHuman', 'h'),
      model: type('provenanceModel', 'm'),
      unknown: type('provenanceUnknown', '?'),
    };
  }
}

function markOf(stretch: ProvenanceStretch, session: DocumentSession): vscode.DecorationOptions {
  const { draft } = session;
  const text = draft.text.slice(stretch.start, stretch.end);
  const start = stretch.start + text.length - text.trimStart().length;
  const end = stretch.end - (text.length - text.trimEnd().length);
  return { range: draft.rangeOf({ start, end }), hoverMessage: hoverOf(stretch, session) };
}

function hoverOf(stretch: ProvenanceStretch, { journal }: DocumentSession): vscode.MarkdownString {
  const hover = new vscode.MarkdownString();
  if (stretch.kind !== 'model') {
    return hover.appendText(nameOf(stretch.kind));
  }
  const node = journal.tree.node(stretch.node);
  const model = node?.source.kind === 'model' ? node.source.model : '';
  const when = node ? new Date(node.created).toLocaleString(vscode.env.language) : '';
  return hover.appendText(vscode.l10n.t('Written by {0}, {1}', model, when));
}

function nameOf(kind: Exclude<Kind, 'model'>): string {
  return kind === 'human'
    ? vscode.l10n.t('Yours: typed here, or in a file that you named as yours')
    : vscode.l10n.t('Unknown: there before, or pasted');
}

function legend(): vscode.MarkdownString {
  const lines = [
    `h — ${nameOf('human')}`,
    `m — ${vscode.l10n.t('Written by a model')}`,
    `? — ${nameOf('unknown')}`,
    vscode.l10n.t('Shares of the characters, white space left out. Click to hide.'),
  ];
  const hover = new vscode.MarkdownString();
  lines.forEach((line) => hover.appendText(line).appendMarkdown('\n\n'));
  return hover;
}

/** A share for people; never "0%" for something, nor "100%" for less than all. */
function percent(part: number): string {
  if (part > 0 && part < 0.005) {
    return '<1%';
  }
  return part < 1 && part >= 0.995 ? '>99%' : `${Math.round(part * 100)}%`;
}
