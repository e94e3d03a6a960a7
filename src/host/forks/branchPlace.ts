import * as vscode from 'vscode';
import { shownTokens } from '../../core/attachment/tokens';
import type { LanguageModel, Passage } from '../../core/model/languageModel';
import { modelLabel } from '../../core/model/modelLabel';
import type { Token } from '../../core/model/token';
import { pathText } from '../../core/tree/checkout';
import type { Attachment, NodeId, TreeNode } from '../../core/tree/node';
import type { Notice } from '../../protocol';
import { cardsOf, modelOf, type Request } from '../batch';
import type { DocumentSession } from '../documentSession';
import { gatherPassage } from '../passageSource';
import { modelOptions } from '../settings';
import type { ForkParts } from './forkFeature';
import { noToken, unknownNode } from './forkErrors';

/** A branch, and where the document shows it if that is where it was pointed at. */
export interface BranchPlace {
  session: DocumentSession;
  node: Readonly<TreeNode>;
  /** They tile its text; none where the model gave none. */
  tokens: readonly Token[];
  /** The stretch of the document that was pointed at. */
  stretch?: Attachment;
}

/** The branch on a card of the batch shown. @throws VariorumError when there is none, or nothing in it yet */
export function placeOnCard(session: DocumentSession, card: number): BranchPlace {
  return placeOfNode(session, session.branch(card).node);
}

/** @throws VariorumError when there is no such node */
export function placeOfNode(session: DocumentSession, id: NodeId): BranchPlace {
  const node = session.journal.tree.node(id);
  if (!node) {
    throw unknownNode();
  }
  return { session, node, tokens: session.tokensOf(id) ?? [] };
}

/** The token that the document shows at an offset (LF). @throws VariorumError when there is none */
export function placeInDocument(
  session: DocumentSession,
  at: number,
): { place: BranchPlace; index: number } {
  const { draft, tokensOf } = session;
  const { attachments } = draft.state;
  const shown =
    [...shownTokens(attachments, tokensOf, { start: at, end: at + 1 })][0] ??
    // The caret after the last word of a branch still means that word.
    [...shownTokens(attachments, tokensOf, { start: at - 1, end: at })][0];
  const stretch = attachments.find(
    ({ node, start, end }) => shown?.node === node && start <= shown.start && shown.end <= end,
  );
  if (!shown || !stretch) {
    throw noToken();
  }
  return { place: { ...placeOfNode(session, shown.node), stretch }, index: shown.index };
}

/** The model that goes on with a branch, what it is handed, and what the writer should know of that. */
export interface AskedFor {
  model: LanguageModel;
  /** Whether the probabilities at the place are this model's own. */
  isOwn: boolean;
  request: Request;
  notices: readonly Notice[];
}

/** How to go on with a branch: as it was asked for where that is known, else from the text before it. */
export async function askAgain(parts: ForkParts, place: BranchPlace): Promise<AskedFor> {
  const { session, node } = place;
  const { document, batch } = session;
  const known = batch?.id === node.batch ? batch.request : undefined;
  const { model, notices } = await modelFor(parts, place, known);
  const { passage, options } = known ?? {
    passage: await passageFor(parts, place),
    options: modelOptions(document),
  };
  // The tokens of another model are not this one's.
  const isOwn = node.source.kind === 'model' && model.id === node.source.model;
  const request: Request = {
    models: [model],
    passage,
    options,
    spread: 'plain',
    parent: node.parent,
    at: node.at,
  };
  const foreign = isOwn ? [] : [otherModel(node, model)];
  return { model, isOwn, request, notices: [...notices, ...foreign] };
}

async function modelFor(
  { models }: ForkParts,
  { session, node }: BranchPlace,
  known: Request | undefined,
): Promise<{ model: LanguageModel; notices: readonly Notice[] }> {
  const id = node.source.kind === 'model' ? node.source.model : '';
  const asked = known && modelOf(known, node.index);
  const earlier = known?.models.find((model) => model.id === id) ?? asked;
  if (earlier?.id === id) {
    return { model: earlier, notices: session.batch?.notices ?? [] };
  }
  const chosen = await models.chosen();
  const own = chosen.find((model) => model.id === id);
  return { model: own ?? (await models.current()), notices: [] };
}

/** The passage of a branch from before this session: what stands before it, in the document or in the tree. */
async function passageFor(parts: ForkParts, place: BranchPlace): Promise<Passage> {
  const { session, node, stretch } = place;
  const { draft, document, journal } = session;
  const before = stretch
    ? draft.text.slice(0, stretch.start)
    : node.parent === null
      ? draft.text.slice(0, node.at)
      : textBefore(node, (id) => journal.tree.node(id));
  const after = stretch ? draft.text.slice(stretch.end) : '';
  const { files } = parts;
  return (await gatherPassage(document, before + after, before.length, { files })).passage;
}

function textBefore(
  node: Readonly<TreeNode>,
  nodeOf: (id: NodeId) => Readonly<TreeNode> | undefined,
): string {
  const whole = pathText(node.id, { nodeOf });
  return whole.slice(0, whole.length - node.text.length);
}

function otherModel({ source }: Readonly<TreeNode>, model: LanguageModel): Notice {
  const id = source.kind === 'model' ? source.model : '';
  const message = vscode.l10n.t(
    'The branch was written by {0}, which is not chosen now: {1} goes on with it. Probabilities of words before that are those of {0}.',
    modelLabel(id),
    model.label,
  );
  return { severity: 'info', message };
}

/** The number of the card that shows a node in its batch. */
export function cardOfNode(session: DocumentSession, node: Readonly<TreeNode>): number {
  const at = cardsOf(session.journal.tree, node.batch).indexOf(node.id);
  return at === -1 ? node.index : at;
}
