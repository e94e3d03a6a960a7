import * as vscode from 'vscode';
import { shownTokens } from '../../core/attachment/tokens';
import { findStuckRuns, mayBeStuck } from '../../core/collapse/stuckRun';
import { isFork, isUncertain, type LandmarkKind } from '../../core/model/landmarks';
import type { OpennessOf } from '../../core/model/openness';
import type { Token } from '../../core/model/token';
import type { Span } from '../../core/text/span';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { editorColours } from '../settings';
import { yardstick } from './escaping';
import type { ForkParts } from './forkFeature';

/** The places of one document, by kind, ascending; LF offsets. */
export type Landmarks = Record<LandmarkKind, readonly Span[]>;

/** How long edits gather before the marks are made anew, in milliseconds. */
const GATHER = 300;

const LANES = {
  fork: vscode.OverviewRulerLane.Left,
  uncertain: vscode.OverviewRulerLane.Center,
  stuck: vscode.OverviewRulerLane.Right,
} as const satisfies Record<LandmarkKind, vscode.OverviewRulerLane>;
const COLORS = {
  fork: 'variorum.rulerFork',
  uncertain: 'variorum.rulerUncertain',
  stuck: 'variorum.rulerStuck',
} as const satisfies Record<LandmarkKind, string>;
const KINDS: readonly LandmarkKind[] = ['fork', 'uncertain', 'stuck'];

/** Finds the places that one can go to in documents, and marks them in the overview ruler. */
export class LandmarkFinder implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly #types: Record<LandmarkKind, vscode.TextEditorDecorationType>;
  /** The yardstick is slow, and tokens once read stay as they are. */
  readonly #stuck = new WeakMap<readonly Token[], readonly Span[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #openness: Promise<{ openness?: OpennessOf }> | undefined;

  constructor(private readonly parts: ForkParts) {
    const type = (kind: LandmarkKind) =>
      this.#disposables.add(
        vscode.window.createTextEditorDecorationType({
          overviewRulerColor: new vscode.ThemeColor(COLORS[kind]),
          overviewRulerLane: LANES[kind],
        }),
      );
    this.#types = { fork: type('fork'), uncertain: type('uncertain'), stuck: type('stuck') };
    const soon = () => this.#soon();
    this.#disposables.add(vscode.window.onDidChangeVisibleTextEditors(soon));
    this.#disposables.add(parts.sessions.onDidChangeAttachments(soon));
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(editorColours.key)) {
          soon();
        }
      }),
    );
    this.#disposables.add({ dispose: () => clearTimeout(this.#timer) });
    soon();
  }

  /** All places of a document. */
  async find(session: DocumentSession): Promise<Landmarks> {
    const found: Record<LandmarkKind, Span[]> = { fork: [], uncertain: [], stuck: [] };
    const { draft, tokensOf } = session;
    const all = { start: 0, end: draft.text.length };
    for (const shown of shownTokens(draft.state.attachments, tokensOf, all)) {
      const place = wordOf(shown, draft.text);
      if (isFork(shown.token)) {
        found.fork.push(place);
      }
      if (isUncertain(shown.token)) {
        found.uncertain.push(place);
      }
    }
    found.stuck = await this.#stuckRuns(session);
    return found;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#paintAll().catch((error: unknown) => this.parts.log.error(String(error)));
    }, GATHER);
  }

  async #paintAll(): Promise<void> {
    for (const editor of vscode.window.visibleTextEditors) {
      const session = this.parts.sessions.get(editor.document);
      if (!session) {
        continue;
      }
      const found = editorColours.mode() !== 'onDemand' ? await this.find(session) : undefined;
      for (const kind of KINDS) {
        const places = found?.[kind] ?? [];
        editor.setDecorations(
          this.#types[kind],
          places.map((place) => session.draft.rangeOf(place)),
        );
      }
    }
  }

  async #stuckRuns({ draft, tokensOf, journal }: DocumentSession): Promise<Span[]> {
    const found: Span[] = [];
    for (const { node, from, start, end } of draft.state.attachments) {
      const tokens = tokensOf(node);
      const text = journal.tree.node(node)?.text ?? '';
      const runs = tokens ? await this.#runsOf(text, tokens) : [];
      for (const run of runs) {
        const shown = {
          start: Math.max(start, run.start - from + start),
          end: Math.min(end, run.end - from + start),
        };
        if (shown.start < shown.end) {
          found.push(wordOf(shown, draft.text));
        }
      }
    }
    return found;
  }

  async #runsOf(text: string, tokens: readonly Token[]): Promise<readonly Span[]> {
    const known = this.#stuck.get(tokens);
    if (known || !mayBeStuck(text, tokens)) {
      return known ?? [];
    }
    this.#openness ??= yardstick(this.parts);
    const { openness } = await this.#openness;
    const runs = openness ? findStuckRuns({ text, tokens, openness }) : [];
    this.#stuck.set(tokens, runs);
    return runs;
  }
}

/** Without the space before it, where the caret is to stand. */
function wordOf({ start, end }: Span, text: string): Span {
  const word = text.slice(start, end).trimStart();
  return word === '' ? { start, end } : { start: end - word.length, end };
}
