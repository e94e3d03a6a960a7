import * as vscode from 'vscode';
import type { ShownConfidence } from '../../core/attachment/shownConfidence';
import type { Token } from '../../core/model/token';
import type { Span } from '../../core/text/span';
import type { Notice } from '../../protocol';
import { paragraphAt } from '../confidence/passage';
import { scorerItems } from '../confidence/scorers';
import { modelNameOf, shownIn, wholeToken } from '../confidence/shownInDraft';
import type { DocumentSession } from '../documentSession';
import { gatherPassage } from '../passageSource';
import { modelOptions } from '../settings';
import type { AskedFor } from './branchPlace';
import { noToken } from './forkErrors';
import type { ForkParts } from './forkFeature';

/** A token as the draft shows it, and whose number it wears. */
export interface DraftToken extends Token {
  by: ShownConfidence['by'];
  model: { id: string; label: string };
}

/** A stretch of the draft that is looked at for itself, whoever wrote it: a selection or a paragraph. */
export interface TextPlace {
  session: DocumentSession;
  scope: 'selection' | 'paragraph';
  /** LF offsets. */
  span: Span;
  /** Those that the draft shows whole, ascending, in offsets of the draft. What was changed has none. */
  tokens: readonly DraftToken[];
}

/** The token that the draft shows at an offset, or the one that ends there: the caret after a word means it. */
export function shownAt(session: DocumentSession, at: number): ShownConfidence | undefined {
  const [shown] = [
    ...shownIn(session, { start: at, end: at + 1 }),
    ...shownIn(session, { start: at - 1, end: at }),
  ];
  return shown;
}

/** The selection that an offset lies in, or else its paragraph. */
export function textPlaceAt(
  session: DocumentSession,
  at: number,
  editor: vscode.TextEditor | undefined,
): TextPlace {
  const { draft } = session;
  const selected = editor && {
    start: draft.offsetAt(editor.selection.start),
    end: draft.offsetAt(editor.selection.end),
  };
  const isSelected = selected && selected.start <= at && at < selected.end;
  const span = isSelected ? selected : paragraphAt(session, draft.positionAt(at).line);
  return textPlaceOver(session, span, isSelected ? 'selection' : 'paragraph');
}

/** A stretch as the draft shows it now. */
export function textPlaceOver(
  session: DocumentSession,
  span: Span,
  scope: TextPlace['scope'],
): TextPlace {
  const tokens = [...shownIn(session, span)].map((shown) => draftToken(session, shown));
  return { session, scope, span, tokens };
}

function draftToken(session: DocumentSession, shown: ShownConfidence): DraftToken {
  const { journal, scores } = session;
  const { start, end, by, node } = shown;
  const source = journal.tree.node(node)?.source;
  const writer = source?.kind === 'model' ? source.model : '';
  const id = by === 'scoring' ? (scores.document.text(node)?.model ?? '') : writer;
  const model = { id, label: modelNameOf(session, shown) };
  return { ...wholeToken(session, shown), start, end, by, model };
}

/** Whether anything is known of how sure a model was of it. */
export function hasNumbers({ tokens }: TextPlace): boolean {
  return tokens.some(({ logprob }) => logprob !== null);
}

/** @throws VariorumError when the draft shows no token there */
export function tokenAt({ tokens }: TextPlace, at: number): number {
  const index = tokens.findIndex(({ start, end }) => start <= at && at < end);
  const found = index === -1 ? tokens.findIndex(({ end }) => end === at) : index;
  if (found === -1) {
    throw noToken();
  }
  return found;
}

/**
 * How to go on from a place of the draft: with the model whose numbers the words wear if it is chosen, else
 * with the one that is.
 * @param at where branches begin (LF); what follows it to the end of the stretch stays out of the passage
 */
export async function askFrom(
  { models, files }: ForkParts,
  { session, span }: TextPlace,
  at: number,
  by: DraftToken['model'] | undefined,
): Promise<AskedFor> {
  const { document, draft } = session;
  const own = (await models.chosen()).find(({ id }) => id === by?.id);
  const model = own ?? (await models.current());
  const before = draft.text.slice(0, at);
  const text = before + draft.text.slice(Math.max(at, span.end));
  const { passage, notices } = await gatherPassage(document, text, at, { files });
  const foreign = own || !by ? [] : [otherScorer(by.label, model.label)];
  return {
    model,
    isOwn: own !== undefined,
    notices: [...notices, ...models.notices(), ...foreign],
    request: {
      models: [model],
      passage,
      options: modelOptions(document),
      ...{ spread: 'plain', parent: null, at: 0 },
    },
  };
}

function otherScorer(scorer: string, model: string): Notice {
  return {
    severity: 'info',
    message: vscode.l10n.t(
      'The first words come from the probabilities of {0}, which is not chosen now: {1} goes on from them.',
      scorer,
      model,
    ),
  };
}

/**
 * Offers to score a stretch that has no probabilities, with a model that can; what the chosen one lacks is said.
 * @param instead another way to go on, if there is one
 * @returns whether it was scored, or the other way was taken; undefined when the writer left the list
 */
export async function offerScoring(
  { models }: ForkParts,
  { scope }: TextPlace,
  instead?: vscode.QuickPickItem,
): Promise<'scored' | 'instead' | undefined> {
  const { l10n, window, commands } = vscode;
  const items = await scorerItems(models);
  const current = await models.current();
  const lacks = !items.some(({ model }) => model.id === current.id);
  const evidence = lacks ? `${current.label}: ${current.capabilities.score.evidence} ` : '';
  const chosen = await window.showQuickPick(
    [...items, ...(instead ? [{ ...instead, model: undefined }] : [])],
    {
      title: l10n.t('No word here has a probability yet'),
      placeHolder:
        evidence +
        (scope === 'selection'
          ? l10n.t('Score the selection first, with:')
          : l10n.t('Score the paragraph first, with:')),
      ignoreFocusOut: true,
    },
  );
  if (!chosen?.model) {
    return chosen && 'instead';
  }
  await commands.executeCommand('variorum.showTokenConfidence', { scope, model: chosen.model.id });
  return 'scored';
}
