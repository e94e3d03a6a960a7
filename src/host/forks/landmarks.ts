import * as vscode from 'vscode';
import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import { findStuckRuns, mayBeStuck } from '../../core/collapse/stuckRun';
import { isFork, isUncertain, type LandmarkKind } from '../../core/model/landmarks';
import type { OpennessOf } from '../../core/model/openness';
import type { Token } from '../../core/model/token';
import type { Span } from '../../core/text/span';
import type { Attachment } from '../../core/tree/node';
import { shownIn, wholeToken } from '../confidence/shownInDraft';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { editorColours } from '../settings';
import { yardstick } from './escaping';
import type { ForkParts } from './forkFeature';

/** The places of one document, by kind, ascending; LF offsets. */
export type Landmarks = Record<LandmarkKind, readonly Span[]>;

type By = ShownConfidence['by'];

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
  readonly #stuck = new WeakMap<readonly Token[], { count: number; runs: readonly Span[] }>();
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

  /** All places of a document, in what models wrote and in what they have scored. */
  find(session: DocumentSession): Promise<Landmarks> {
    return this.#find(session, () => true);
  }

  /** Those that the overview ruler shows. */
  marked(session: DocumentSession): Promise<Landmarks> {
    const isOnDemand = editorColours.mode() === 'onDemand';
    return this.#find(session, (by) => by === 'scoring' || !isOnDemand);
  }

  async #find(session: DocumentSession, counts: (by: By) => boolean): Promise<Landmarks> {
    const found: Record<LandmarkKind, Span[]> = { fork: [], uncertain: [], stuck: [] };
    const { text } = session.draft;
    for (const shown of shownIn(session, { start: 0, end: text.length })) {
      if (!counts(shown.by)) {
        continue;
      }
      const token = wholeToken(session, shown);
      const place = wordOf(shown, text);
      if (isFork(token)) {
        found.fork.push(place);
      }
      if (isUncertain(token)) {
        found.uncertain.push(place);
      }
    }
    found.stuck = await this.#stuckRuns(session, counts);
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
      const found = await this.marked(session);
      for (const kind of KINDS) {
        const ranges = found[kind].map((place) => session.draft.rangeOf(place));
        editor.setDecorations(this.#types[kind], ranges);
      }
    }
  }

  async #stuckRuns(session: DocumentSession, counts: (by: By) => boolean): Promise<Span[]> {
    const { draft, tokensOf, journal, scores } = session;
    const scored = scores.document.attachments;
    const found: Span[] = [];
    const add = async (stretch: Attachment, text = '', tokens: readonly Token[] | undefined) => {
      const { start, end, from } = stretch;
      for (const run of tokens ? await this.#runsOf(text, tokens) : []) {
        const shown = {
          start: Math.max(start, run.start - from + start),
          end: Math.min(end, run.end - from + start),
        };
        if (shown.start < shown.end) {
          found.push(wordOf(shown, draft.text));
        }
      }
    };
    for (const stretch of counts('scoring') ? scored : []) {
      const of = scores.document.text(stretch.node);
      await add(stretch, of?.text, of?.run.tokens);
    }
    for (const stretch of counts('writing') ? draft.state.attachments : []) {
      // Where a branch was scored since, that counts.
      if (!scored.some(({ start, end }) => start < stretch.end && stretch.start < end)) {
        await add(stretch, journal.tree.node(stretch.node)?.text, tokensOf(stretch.node));
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }

  async #runsOf(text: string, tokens: readonly Token[]): Promise<readonly Span[]> {
    const known = this.#stuck.get(tokens);
    // While a text is being scored its tokens grow.
    if (known?.count === tokens.length || !mayBeStuck(text, tokens)) {
      return known?.runs ?? [];
    }
    this.#openness ??= yardstick(this.parts);
    const { openness } = await this.#openness;
    const runs = openness ? findStuckRuns({ text, tokens, openness }) : [];
    this.#stuck.set(tokens, { count: tokens.length, runs });
    return runs;
  }
}

/** Without the space before it, where the caret is to stand. */
function wordOf({ start, end }: Span, text: string): Span {
  const word = text.slice(start, end).trimStart();
  return word === '' ? { start, end } : { start: end - word.length, end };
}
