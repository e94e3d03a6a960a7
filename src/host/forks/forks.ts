import * as vscode from 'vscode';
import { nextPlace, type LandmarkKind } from '../../core/model/landmarks';
import { formatProbability } from '../../core/model/percent';
import { whyUnpickable } from '../../core/spread/pickable';
import { Disposables } from '../disposables';
import type { DocumentSession } from '../documentSession';
import { placeInDocument, placeOnCard, type BranchPlace } from './branchPlace';
import { emittedAt, pick, textBeforeToken, type Show } from './branching';
import { escape } from './escaping';
import { confirmCost, freeze, type Confirm } from './freezing';
import { noAlternatives, noToken, unpickable } from './forkErrors';
import type { ForkAction, ForkParts } from './forkFeature';
import { LandmarkFinder } from './landmarks';
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
    const { place, index, alternative } = this.#placeFor(argument);
    const chosen = alternative ?? (await askForAlternative(place, index));
    if (chosen !== undefined) {
      await pick(this.parts, place, index, chosen, show);
    }
  }

  /** *Escape Here*: from the first stuck place at or after the one that is named, or the caret. */
  async escapeInDocument(argument: unknown, show: Show): Promise<void> {
    const { place, index } = this.#placeFor(argument);
    const from = place.tokens[index]?.start ?? 0;
    await escape(this.parts, place, { from, orOpen: false }, show);
  }

  /** *Where Did It Freeze?*: of the branch at the caret. */
  async freezeInDocument(show: Show): Promise<void> {
    const { place } = this.#placeFor(undefined);
    const { session, node } = place;
    if (session.batch?.id !== node.batch) {
      await session.show(node.batch);
    }
    await show(session);
    await freeze(this.parts, place, false, this.confirm);
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

  /** @throws VariorumError when there is no token of a branch at the place */
  #placeFor(argument: unknown): { place: BranchPlace; index: number; alternative?: number } {
    const given = isPlaceArgument(argument) ? argument : undefined;
    const editor = vscode.window.activeTextEditor;
    const document = given
      ? vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === given.uri)
      : editor?.document;
    const session = document && this.parts.sessions.get(document);
    if (!session) {
      throw noToken();
    }
    const caret = editor?.document === document ? editor.selection.active : undefined;
    const at = given?.at ?? session.draft.offsetAt(caret ?? new vscode.Position(0, 0));
    const found = placeInDocument(session, at);
    const alternative = given?.alternative;
    return { ...found, ...(alternative === undefined ? {} : { alternative }) };
  }
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

/** One of the alternatives of a token, with their probabilities; undefined when the writer leaves the list. */
async function askForAlternative(place: BranchPlace, index: number): Promise<number | undefined> {
  const { text, alternatives } = emittedAt(place, index);
  const previous = textBeforeToken(place, index);
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
