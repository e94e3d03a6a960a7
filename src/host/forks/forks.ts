import * as vscode from 'vscode';
import { nextPlace, type LandmarkKind } from '../../core/model/landmarks';
import { formatProbability } from '../../core/model/percent';
import { whyUnpickable } from '../../core/spread/pickable';
import type { ForcedToken } from '../../core/spread/forks';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import { placeInDocument, placeOnCard, type BranchPlace } from './branchPlace';
import { emittedAt, pick, textBeforeToken, type Show } from './branching';
import { escape } from './escaping';
import { confirmCost, freeze, type Confirm } from './freezing';
import { noAlternatives, noToken, unpickable } from './forkErrors';
import type { ForkAction, ForkParts } from './forkFeature';
import { presentFreeze, type Present } from './freezeList';
import { LandmarkFinder } from './landmarks';
import { emittedIn, escapeInText, pickInText } from './textForks';
import { freezeInText } from './textFreeze';
import {
  hasNumbers,
  offerScoring,
  shownAt,
  textPlaceAt,
  textPlaceOver,
  tokenAt,
  type TextPlace,
} from './textPlace';
import { visibleText } from './words';

/** What a link in the hover, or a quick fix, hands over: a place in a document, as LF offset. */
export interface PlaceArgument {
  uri: string;
  at: number;
  /** The number of an alternative of the token there. */
  alternative?: number;
}

/** Branching off at a token, in cards and in documents; and going from one such place to the next. */
export class Forks implements vscode.Disposable {
  readonly #disposables = new Disposables();
  readonly landmarks: LandmarkFinder;
  /** Asks before resampling; tests answer in the writer's place. */
  confirm: Confirm = confirmCost;
  /** Shows where a text froze, likewise. */
  present: Present = presentFreeze;

  constructor(private readonly parts: ForkParts) {
    this.landmarks = this.#disposables.add(new LandmarkFinder(parts));
  }

  /** What a card of the batch shown was asked for. */
  async act(session: DocumentSession, action: ForkAction): Promise<void> {
    const place = placeOnCard(session, action.branch);
    switch (action.kind) {
      case 'pick':
        return pick(this.parts, place, action.token, action.alternative);
      case 'escape':
        return escape(this.parts, place, {
          from: action.from ?? 0,
          orOpen: action.from !== undefined,
        });
      case 'freeze':
        return freeze(this.parts, place, action.resample === true, this.confirm);
    }
  }

  /** *Pick Alternative*: the one that a link names, or one of those at the caret. */
  async pickInDocument(argument: unknown, show: Show): Promise<void> {
    const found = await this.#placeFor(argument);
    if (!found) {
      return;
    }
    const chosen = (of: Listed) => found.alternative ?? askForAlternative(of);
    if ('text' in found) {
      const { text, at } = found;
      const index = tokenAt(text, at);
      const alternative = await chosen(emittedIn(text, index));
      if (alternative !== undefined) {
        await pickInText(this.parts, text, index, alternative, show);
      }
      return;
    }
    const { place, index } = found;
    const emitted = emittedAt(place, index);
    const alternative = await chosen({ emitted, previous: textBeforeToken(place, index) });
    if (alternative !== undefined) {
      await pick(this.parts, place, index, alternative, show);
    }
  }

  /** *Escape Here*: from the first stuck place at or after the one that is named, or the caret. */
  async escapeInDocument(argument: unknown, show: Show): Promise<void> {
    const found = await this.#placeFor(argument);
    if (!found) {
      return;
    }
    if ('text' in found) {
      const { text, at } = found;
      const token = text.tokens.find(({ end }) => end > at);
      const from = Math.min(at, token?.start ?? at);
      await escapeInText(this.parts, text, { from, orOpen: false }, show);
      return;
    }
    const { place, index } = found;
    const from = place.tokens[index]?.start ?? 0;
    await escape(this.parts, place, { from, orOpen: false }, show);
  }

  /** *Where Did It Freeze?*: of the branch at the caret, or of the selection or paragraph. */
  async freezeInDocument(show: Show): Promise<void> {
    const resample = {
      label: vscode.l10n.t('Resample short branches instead'),
      description: vscode.l10n.t('the cost is shown first'),
    };
    const found = await this.#placeFor(undefined, resample);
    if (!found) {
      return;
    }
    if ('text' in found) {
      const { confirm, present } = this;
      const { text, instead = false } = found;
      await freezeInText(this.parts, text, instead, { confirm, present, show });
      return;
    }
    const { session, node } = found.place;
    if (session.batch?.id !== node.batch) {
      await session.show(node.batch);
    }
    await show(session);
    await freeze(this.parts, found.place, false, this.confirm);
  }

  /** Puts the caret at the next place of a kind, or the one before; says so when there is none. */
  async goTo(kind: LandmarkKind, to: 'next' | 'previous'): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const session = editor && this.parts.sessions.get(editor.document);
    const places = session ? (await this.landmarks.find(session))[kind] : [];
    const from = session ? session.draft.offsetAt(editor.selection.active) : 0;
    const starts = places.map(({ start }) => start);
    const at = nextPlace(starts, from, to);
    if (!editor || !session || at === undefined) {
      void vscode.window.showInformationMessage(noneMessage(kind, to, places.length));
      return;
    }
    const position = session.draft.positionAt(at);
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(
      new vscode.Range(position, position),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /**
   * What a command is about: the branch at a place, or else the selection or paragraph there. Where no word has a
   * probability the writer is asked to have it scored, and may leave that.
   * @param instead what can be done without
   * @throws VariorumError when there is no text at the place
   */
  async #placeFor(argument: unknown, instead?: vscode.QuickPickItem): Promise<Found | undefined> {
    const { session, at, editor, chosen } = await this.#pointedAt(argument);
    const branch = branchAt(session, at, instead !== undefined);
    if (branch) {
      return { ...branch, ...chosen };
    }
    const text = textPlaceAt(session, at, editor);
    if (hasNumbers(text)) {
      return { text, at, ...chosen };
    }
    if (session.draft.text.slice(text.span.start, text.span.end).trim() === '') {
      throw noToken();
    }
    const offered = await offerScoring(this.parts, text, instead);
    const now = textPlaceOver(session, text.span, text.scope);
    if (offered === 'instead') {
      return { text: now, at, instead: true };
    }
    return offered === 'scored' && hasNumbers(now) ? { text: now, at } : undefined;
  }

  /** The draft and place that a link names, or the one in front and its caret. */
  async #pointedAt(argument: unknown) {
    const given = isPlaceArgument(argument) ? argument : undefined;
    const active = vscode.window.activeTextEditor;
    const document = given
      ? vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === given.uri)
      : active?.document;
    if (!document || !isDraft(document)) {
      throw noToken();
    }
    const session = await this.parts.sessions.open(document);
    const editor = active?.document === document ? active : undefined;
    const at = given?.at ?? placeOf(session, editor);
    const chosen = given?.alternative === undefined ? {} : { alternative: given.alternative };
    return { session, at, editor, chosen };
  }
}

/** What a command in the draft is about. */
type Found = { alternative?: number } & (
  { place: BranchPlace; index: number } | { text: TextPlace; at: number; instead?: boolean }
);

/** The beginning of the selection, or the caret. */
function placeOf({ draft }: DocumentSession, editor: vscode.TextEditor | undefined): number {
  return editor ? draft.offsetAt(editor.selection.start) : 0;
}

/**
 * The branch whose token the draft shows at a place, unless the text was scored since: then the numbers that
 * show are not the branch's.
 * @param bare whether a branch without any probability counts
 */
function branchAt(
  session: DocumentSession,
  at: number,
  bare: boolean,
): { place: BranchPlace; index: number } | undefined {
  if (shownAt(session, at)?.by !== 'writing') {
    return undefined;
  }
  const found = placeInDocument(session, at);
  const isKnown = found.place.tokens.some(({ logprob }) => logprob !== null);
  return isKnown || bare ? found : undefined;
}

function isPlaceArgument(argument: unknown): argument is PlaceArgument {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'uri' in argument &&
    typeof argument.uri === 'string' &&
    'at' in argument &&
    typeof argument.at === 'number' &&
    (!('alternative' in argument) || typeof argument.alternative === 'number')
  );
}

/** A token and the text of the one before it. */
interface Listed {
  emitted: ForcedToken['emitted'];
  previous: string | undefined;
}

/** One of the alternatives of a token, with their probabilities; undefined when the writer leaves the list. */
async function askForAlternative({ emitted, previous }: Listed): Promise<number | undefined> {
  const { text, alternatives } = emitted;
  const items = alternatives
    .map((other, number) => ({ other, number, why: whyUnpickable(other.text, previous) }))
    .filter(({ other }) => other.text !== text)
    .map(({ other, number, why }) => ({
      label: visibleText(other.text) || vscode.l10n.t('no text'),
      description: formatProbability(Math.exp(other.logprob)),
      ...(why ? { detail: unpickable(why).message } : {}),
      number,
    }));
  if (items.length === 0) {
    throw noAlternatives();
  }
  const placeHolder = vscode.l10n.t(
    'In place of “{0}”: the old text stays until you choose the new branch',
    visibleText(text),
  );
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.number;
}

function noneMessage(kind: LandmarkKind, to: 'next' | 'previous', count: number): string {
  const { l10n } = vscode;
  const messages: Record<LandmarkKind, Record<'next' | 'previous' | 'none', () => string>> = {
    fork: {
      next: () => l10n.t('There is no fork after the cursor.'),
      previous: () => l10n.t('There is no fork before the cursor.'),
      none: () => l10n.t('There is no fork here: nowhere was the model between words.'),
    },
    uncertain: {
      next: () => l10n.t('There is no unlikely word after the cursor.'),
      previous: () => l10n.t('There is no unlikely word before the cursor.'),
      none: () => l10n.t('There is no unlikely word here.'),
    },
    stuck: {
      next: () => l10n.t('There is no stuck run after the cursor.'),
      previous: () => l10n.t('There is no stuck run before the cursor.'),
      none: () => l10n.t('There is no stuck run here.'),
    },
  };
  return messages[kind][count === 0 ? 'none' : to]();
}
