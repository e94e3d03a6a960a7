import * as vscode from 'vscode';
import type { Alternative } from '../../core/model/token';
import { endsWithSpace } from '../../core/prompt/joint';
import { beginningAt, type ForcedToken } from '../../core/spread/forks';
import { whyUnpickable } from '../../core/spread/pickable';
import type { ForkMark } from '../../core/tree/forkMark';
import type { Notice } from '../../protocol';
import type { Fork } from '../batch';
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
  const picked = emitted.alternatives[alternative];
  if (!picked) {
    throw noAlternatives();
  }
  const why = whyUnpickable(picked.text, textBeforeToken(place, index));
  if (why) {
    throw unpickable(why);
  }
  await part(parts, { place, index, kind: 'picked', alternatives: [picked], emitted }, show);
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
  const { told, request } = handed(parting, asked);
  const forks = forksOf(parting, asked, told);
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
  const bare = { ...parting, place: { ...parting.place, node: { ...node, text: '' }, tokens: [] } };
  const changed = { ...asked, notices: [], request: { ...asked.request, passage } };
  const { told, request } = handed(parting, changed);
  const edited: Notice = {
    severity: 'info',
    message: vscode.l10n.t(
      'You have changed this text, so the branches begin at the word itself. "Replace the selection" puts one in place of what follows it there.',
    ),
  };
  const { models, options, spread } = request;
  const continuing = session.continue({
    ...{ models, options, spread, passage: request.passage },
    at: { offset: stretch.end, selection: { start, end: stretch.end } },
    forks: forksOf({ ...bare, index: 0 }, changed, told),
    notices: [...noticesOf(parting, changed, told), edited],
  });
  await Promise.all([continuing, show?.(session)]);
}

/** What the model is handed; a chat model that cannot go on with a text hears what is taken, too. */
function handed({ place, index }: Parting, { model, request }: AskedFor) {
  const { strategy } = model.prompt(request.passage, request.options);
  const told = strategy === 'few-shot' || strategy === 'instruction';
  const { node, tokens } = place;
  const rest = node.text.slice(tokens[index]?.start ?? 0).trim();
  const taken = rest === '' ? [] : [rest];
  return {
    told,
    request: told ? { ...request, passage: { ...request.passage, taken } } : request,
  };
}

function forksOf(
  { place, index, kind, alternatives, emitted }: Parting,
  { request }: AskedFor,
  told: boolean,
): Fork[] {
  const { node, tokens } = place;
  const at = tokens[index]?.start ?? 0;
  // The draft has the space already with which the first word of a branch would begin.
  const hasSpace = at === 0 && endsWithSpace(request.passage.before);
  return alternatives.map((given) => {
    const alternative = hasSpace ? { ...given, text: given.text.replace(/^[ \t]+/u, '') } : given;
    const mark: ForkMark = {
      kind,
      of: node.id,
      at,
      text: alternative.text,
      logprob: alternative.logprob,
      instead: emitted.text,
      ...(told ? { told } : {}),
    };
    return {
      beginning: beginningAt({ text: node.text, tokens }, index, { alternative, emitted }),
      mark,
    };
  });
}

function noticesOf({ notices = [] }: Parting, asked: AskedFor, told: boolean): Notice[] {
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
