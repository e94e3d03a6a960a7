import * as vscode from 'vscode';
import { VariorumError } from '../../core/model/error';
import type { Passage } from '../../core/model/languageModel';
import type { Taken } from '../../core/multiverse/multiverse';
import type { StoredTokens } from '../../core/multiverse/stored';
import { endsWithSpace } from '../../core/prompt/joint';
import { leadOf } from '../../core/text/passage';
import { pathText } from '../../core/tree/checkout';
import type { NodeId, TreeNode } from '../../core/tree/node';
import type { Notice } from '../../protocol';
import type { DocumentSession } from '../documentSession';
import { isDraft } from '../journalPlace';
import type { PassageFiles } from '../passageFiles';
import { gatherPassage } from '../passageSource';
import type { Sessions } from '../sessions';
import { nodesFrom, storedFrom, type ForkPlace } from './storedTokens';

/** Where a plot begins, and what is known of it without asking anyone. */
export interface PlotPlace {
  session: DocumentSession;
  /** Line of the document, from 0. */
  line: number;
  lead: string;
  passage: Passage;
  /** By the id of the model. */
  stored: ReadonlyMap<string, StoredTokens>;
  /** What the draft went on with. */
  taken: Taken;
  /** Whose tokens it went on with, if a model's. */
  takenModel: string | undefined;
  notices: readonly Notice[];
}

/** As much of what follows the cursor is looked at to mark the path taken, in UTF-16 code units. */
const TAKEN_TEXT = 2_000;

/** Where and with what a plot begins. */
interface Start extends ForkPlace {
  /** Text before it and after it, line ends LF. */
  before: string;
  after: string;
  taken: Taken;
  takenModel: string | undefined;
  /** The node that is there, or was asked for. */
  node: NodeId | undefined;
}

/** The place of the cursor. @throws VariorumError when no draft is in front, or none ever was */
export async function placeAtCursor(
  sessions: Sessions,
  files: PassageFiles,
  editor: vscode.TextEditor | undefined,
): Promise<PlotPlace> {
  if (!editor || !isDraft(editor.document)) {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('There is no draft to plot.'),
      action: vscode.l10n.t('Open one and put the cursor where the plot should begin.'),
      retryable: false,
    });
  }
  const session = await sessions.open(editor.document);
  const end = editor.document.validatePosition(editor.selection.end);
  const start = await startAt(session, session.draft.offsetAt(end));
  return gathered(session, start, files);
}

/** The place that a node forks from; the node is the path taken. @throws VariorumError when there is none */
export async function placeOfNode(
  session: DocumentSession,
  id: NodeId,
  files: PassageFiles,
): Promise<PlotPlace> {
  const { tree } = session.journal;
  const node = tree.node(id);
  if (node?.source.kind !== 'model') {
    throw new VariorumError({
      code: 'bad-request',
      message: vscode.l10n.t('No model wrote this node, so there is nothing to plot.'),
      action: vscode.l10n.t('Choose a node with a number.'),
      retryable: false,
    });
  }
  const path = pathText(id, { nodeOf: (each) => tree.node(each) });
  const before =
    node.parent === null
      ? session.draft.text.slice(0, node.at)
      : path.slice(0, path.length - node.text.length);
  await session.loadTokens([id]);
  const start = { parent: node.parent, at: node.at, before, after: '' };
  return gathered(
    session,
    {
      ...start,
      taken: takenOf(session, node, 0, node.text.length),
      takenModel: node.source.model,
      node: id,
    },
    files,
  );
}

/** Inside a branch, the token that the cursor is in; elsewhere what forks where the cursor is. */
async function startAt(session: DocumentSession, offset: number): Promise<Start> {
  const { text } = session.draft;
  const stretch = session.draft.state.attachments.find(
    ({ start, end }) => start <= offset && offset < end,
  );
  const node = stretch && session.journal.tree.node(stretch.node);
  if (!stretch || node?.source.kind !== 'model') {
    const around = { before: text.slice(0, offset), after: text.slice(offset) };
    const taken = { text: around.after.slice(0, TAKEN_TEXT) };
    return {
      ...session.keeper.forkAt(offset),
      ...around,
      taken,
      takenModel: undefined,
      node: undefined,
    };
  }
  await session.loadTokens([node.id]);
  const wanted = stretch.from + offset - stretch.start;
  const token = session
    .tokensOf(node.id)
    ?.find(({ start, end }) => start <= wanted && wanted < end);
  const at = token && token.start >= stretch.from ? token.start : wanted;
  const root = stretch.start + at - stretch.from;
  const to = stretch.from + stretch.end - stretch.start;
  return {
    ...(at === 0 ? { parent: node.parent, at: node.at } : { parent: node.id, at }),
    before: text.slice(0, root),
    after: text.slice(root),
    taken: takenOf(session, node, at, to),
    takenModel: node.source.model,
    node: node.id,
  };
}

/** A stretch of a node's text as its tokens, or as text where those are not known. */
function takenOf(
  { tokensOf }: DocumentSession,
  { id, text }: Readonly<TreeNode>,
  from: number,
  to: number,
): Taken {
  const tokens = tokensOf(id)?.filter(({ start, end }) => start >= from && end <= to);
  return tokens && tokens.length > 0 && tokens[0]?.start === from
    ? { tokens: tokens.map(({ start, end }) => text.slice(start, end)) }
    : { text: text.slice(from, to) };
}

async function gathered(
  session: DocumentSession,
  { parent, at, before, after, taken, takenModel, node }: Start,
  files: PassageFiles,
): Promise<PlotPlace> {
  const { tree } = session.journal;
  const place = { parent, at };
  const text = before + after;
  const [{ passage, notices }] = await Promise.all([
    gatherPassage(session.document, text, before.length, { files }),
    session.loadTokens(nodesFrom(tree, place).map(({ id }) => id)),
  ]);
  return {
    session,
    line: before.split('\n').length - 1,
    lead: leadOf(before),
    passage,
    stored: storedFrom(tree, place, session.tokensOf, endsWithSpace(before), node),
    taken,
    takenModel,
    notices,
  };
}
