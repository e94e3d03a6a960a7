import * as vscode from 'vscode';
import type { Alternative, Token } from '../../core/model/token';
import { endsWithSpace } from '../../core/prompt/joint';
import { beginningAt, type Beginning, type ForcedToken } from '../../core/spread/forks';
import { whyUnpickable } from '../../core/spread/pickable';
import type { Span } from '../../core/text/span';
import type { ForkMark } from '../../core/tree/forkMark';
import type { NodeId } from '../../core/tree/node';
import type { Notice } from '../../protocol';
import type { Fork } from '../batch';
import type { DocumentSession } from '../documentSession';
import { askAgain, cardOfNode, type AskedFor, type BranchPlace } from './branchPlace';
import { noAlternatives, noToken, unpickable } from './forkErrors';
import type { ForkParts } from './forkFeature';

/** Where branches part from one that is there, and with what. */
export interface Parting {
  place: BranchPlace;
  /** The token that gives way. */
  index: number;
  kind: ForkMark['kind'];
  alternatives: readonly Alternative[];
  emitted: ForcedToken['emitted'];
  /** What the writer should know besides. */
  notices?: readonly Notice[];
}

/** Brings a batch into view once there are cards to show. */
export type Show = (session: BranchPlace['session']) => Promise<void>;

/** A token with its own text, as it was emitted. */
export function emittedAt({ node, tokens }: BranchPlace, index: number): ForcedToken['emitted'] {
  const token = tokens[index];
  if (!token) {
    throw noToken();
  }
  return { ...token, text: node.text.slice(token.start, token.end) };
}

/** Text of the token before one; undefined at the beginning. */
export function textBeforeToken({ node, tokens }: BranchPlace, index: number): string | undefined {
  const before = tokens[index - 1];
  return before && node.text.slice(before.start, before.end);
}

/** One sibling with the alternative of this number. @throws VariorumError when it cannot be picked */
export async function pick(
  parts: ForkParts,
  place: BranchPlace,
  index: number,
  alternative: number,
  show?: Show,
): Promise<void> {
  const emitted = emittedAt(place, index);
  const picked = pickable(emitted, textBeforeToken(place, index), alternative);
  await part(parts, { place, index, kind: 'picked', alternatives: [picked], emitted }, show);
}

/** The alternative of this number. @throws VariorumError when there is none, or it cannot be picked */
export function pickable(
  { alternatives }: ForcedToken['emitted'],
  previous: string | undefined,
  number: number,
): Alternative {
  const picked = alternatives[number];
  if (!picked) {
    throw noAlternatives();
  }
  const why = whyUnpickable(picked.text, previous);
  if (why) {
    throw unpickable(why);
  }
  return picked;
}

/**
 * Siblings that share a branch's beginning to the character and go on with other tokens. They join its batch,
 * so that they are chosen as the others are; what stands in the document stays until then.
 */
export async function part(parts: ForkParts, parting: Parting, show?: Show): Promise<void> {
  const { place } = parting;
  const { session, node } = place;
  const asked = await askAgain(parts, place);
  if (place.stretch && place.stretch.from > 0) {
    await partInDocument(parting, asked, place.stretch, show);
    return;
  }
  const rest = node.text.slice(place.tokens[parting.index]?.start ?? 0);
  const { told, request } = handed(rest, asked);
  const { text, id } = node;
  const forks = forksOf({ ...parting, text, tokens: place.tokens, of: id }, asked, told);
  if (session.batch?.id !== node.batch) {
    await session.show(node.batch);
  }
  await show?.(session);
  const span = place.stretch && { start: place.stretch.start, end: place.stretch.end };
  await session.fork({
    request,
    forks,
    notices: noticesOf(parting, asked, told),
    ...(span ? { placement: { kind: 'placed', branch: cardOfNode(session, node), span } } : {}),
  });
}

/** The writer has changed the text before the token: the document's own text is what branches go on from. */
async function partInDocument(
  parting: Parting,
  asked: AskedFor,
  stretch: NonNullable<BranchPlace['stretch']>,
  show: Show | undefined,
): Promise<void> {
  const { session, tokens, node } = parting.place;
  const { draft } = session;
  const token = tokens[parting.index];
  const start = stretch.start + (token?.start ?? 0) - stretch.from;
  const passage = {
    ...asked.request.passage,
    before: draft.text.slice(0, start),
    after: draft.text.slice(stretch.end),
  };
  const edited: Notice = {
    severity: 'info',
    message: vscode.l10n.t(
      'You have changed this text, so the branches begin at the word itself. "Replace the selection" puts one in place of what follows it there.',
    ),
  };
  await partFrom(
    {
      ...parting,
      ...{ session, of: node.id, span: { start, end: stretch.end } },
      notices: [...(parting.notices ?? []), edited],
    },
    { ...asked, notices: [], request: { ...asked.request, passage } },
    show,
  );
}

/** Where branches begin in the draft itself, and with what. */
export interface PlainParting extends Pick<
  Parting,
  'kind' | 'alternatives' | 'emitted' | 'notices'
> {
  session: DocumentSession;
  /** The branch whose token gives way, if it is one's. */
  of?: NodeId;
  /** From the token that gives way to the end of what a branch may replace; LF offsets. */
  span: Span;
}

/** A new batch, whose branches begin with other tokens at a place of the draft and may replace what follows. */
export async function partFrom(
  parting: PlainParting,
  asked: AskedFor,
  show: Show | undefined,
): Promise<void> {
  const { session, span } = parting;
  const rest = session.draft.text.slice(span.start, span.end);
  const { told, request } = handed(rest, asked);
  const { models, options, spread, passage } = request;
  const continuing = session.continue({
    ...{ models, options, spread, passage },
    at: { offset: span.end, selection: span },
    forks: forksOf({ ...parting, text: '', tokens: [], index: 0 }, asked, told),
    notices: noticesOf(parting, asked, told),
  });
  await Promise.all([continuing, show?.(session)]);
}

/** What the model is handed; a chat model that cannot go on with a text hears what is taken, too. */
function handed(text: string, { model, request }: AskedFor) {
  const { strategy } = model.prompt(request.passage, request.options);
  const told = strategy === 'few-shot' || strategy === 'instruction';
  const rest = text.trim();
  const taken = rest === '' ? [] : [rest];
  return {
    told,
    request: told ? { ...request, passage: { ...request.passage, taken } } : request,
  };
}

/** A text and the token of it that gives way to others. */
interface Parted extends Pick<Parting, 'index' | 'kind' | 'alternatives' | 'emitted'> {
  text: string;
  tokens: readonly Token[];
  of?: NodeId;
}

function forksOf(
  { text, tokens, index, of, kind, alternatives, emitted }: Parted,
  { request, isOwn }: AskedFor,
  told: boolean,
): Fork[] {
  const at = tokens[index]?.start ?? 0;
  // The draft has the space already with which the first word of a branch would begin.
  const hasSpace = at === 0 && endsWithSpace(request.passage.before);
  return alternatives.map((given) => {
    const alternative = hasSpace ? { ...given, text: given.text.replace(/^[ \t]+/u, '') } : given;
    const mark: ForkMark = {
      ...{ kind, at, text: alternative.text, logprob: alternative.logprob },
      instead: emitted.text,
      ...(of === undefined ? {} : { of }),
      ...(told ? { told } : {}),
    };
    const beginning = beginningAt({ text, tokens }, index, { alternative, emitted });
    return { beginning: isOwn ? beginning : withoutIds(beginning), mark };
  });
}

/** Ids of one model say other words, or nothing, to another. */
function withoutIds({ text, tokens }: Beginning): Beginning {
  return { text, tokens: tokens.map(({ id: _, ...token }) => token), foreign: true };
}

function noticesOf(
  { notices = [] }: Pick<Parting, 'notices'>,
  asked: AskedFor,
  told: boolean,
): Notice[] {
  const known = new Map([...asked.notices, ...notices].map((notice) => [notice.message, notice]));
  if (told) {
    const message = vscode.l10n.t(
      '{0} cannot be made to go on with a given word: it was handed the text up to it, with the word, and told what there is already. The words up to there are kept as they were; how it goes on is its own.',
      asked.model.label,
    );
    known.set(message, { severity: 'info', message });
  }
  return [...known.values()];
}
