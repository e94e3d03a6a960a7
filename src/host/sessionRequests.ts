import { leadOf } from '../core/text/passage';
import type { DocumentJournal } from '../core/tree/documentJournal';
import type { NodeId, TreeNode } from '../core/tree/node';
import type { Tree } from '../core/tree/tree';
import type { Notice } from '../protocol';
import { cardsOf, keepFork, keepSource, type Batch, type Fork, type Request } from './batch';
import { noSuchBranch, nothingYet } from './branchErrors';
import { cardOf, nodeDraft, type Card } from './generate';
import type { Placement } from './placement';
import type { PlaceInDraft } from './places';

/** Where and how to continue. */
export interface ContinueRequest extends Omit<Request, 'parent' | 'at'> {
  at: Pick<PlaceInDraft, 'offset' | 'selection'>;
  notices: readonly Notice[];
  /** How the branches are made to begin; as many come as there are. */
  forks?: readonly Fork[];
  /** Where in the tree they fork, when that is not where the document shows the place. */
  fork?: Pick<Request, 'parent' | 'at'>;
}

/** A batch that is about to be written, or cards that are added to one. */
export interface Begun {
  batch: Batch;
  request: Request;
  cards: readonly Card[];
}

/** Siblings to add to the batch shown, each with a beginning of its own. */
export interface ForkRequest {
  request: Request;
  forks: readonly Fork[];
  notices: readonly Notice[];
  /** Where a choice goes from now on; where it went before when absent. */
  placement?: Placement;
}

/** A branch as it was at one moment: its node may grow on. */
export interface BranchText {
  node: NodeId;
  text: string;
}

/** Where branches fork: what takes the place of text that stands there, where that begins. */
export function forkOffset({ at, forks, rewrite }: ContinueRequest): number {
  const isInPlace = forks !== undefined || rewrite !== undefined;
  return isInPlace ? (at.selection?.start ?? at.offset) : at.offset;
}

interface Kept {
  journal: DocumentJournal;
  /** Told when something could not be written down. */
  failed: (error: unknown) => void;
}

/** Records a batch that is about to be written. @param place where it forks, unless it says so itself */
export function beginBatch(
  { journal, failed }: Kept,
  { at, notices, forks, fork, ...asked }: ContinueRequest,
  place: Pick<Request, 'parent' | 'at'>,
): Begun {
  const request: Request = { ...asked, ...(fork ?? place) };
  const drafts = Array.from({ length: forks?.length ?? request.options.n }, (_, index) =>
    nodeDraft(request, index, forks?.[index]),
  );
  const nodes = journal.recordBatch(drafts);
  const batch = newBatch(nodes[0]?.batch ?? '', request, at, notices);
  keepSource(journal, nodes[0], request).catch(failed);
  forks?.forEach((each, i) => {
    keepFork(batch, journal, nodes[i], request, each).catch(failed);
  });
  return { batch, request, cards: nodes.map(cardOf) };
}

/** As many branches again for a batch, from the same passage. */
export function moreOf(
  journal: DocumentJournal,
  batch: Batch & { request: Request },
  spread: Request['spread'] = batch.request.spread,
): Begun {
  const { id } = batch;
  batch.request = { ...batch.request, spread };
  const first = cardsOf(journal.tree, id).length;
  const request = afterBranches(batch.request, first);
  const cards = Array.from({ length: request.options.n }, (_, at) =>
    cardOf(journal.recordBranch(id, nodeDraft(request, first + at))),
  );
  return { batch, request, cards };
}

/** A batch that has just been asked for, at its place. */
function newBatch(
  id: string,
  request: Request,
  { offset, selection }: ContinueRequest['at'],
  notices: readonly Notice[],
): Batch {
  return {
    id,
    lead: leadOf(request.passage.before),
    placement: { kind: 'anchor', at: offset, ...(selection ? { selection } : {}) },
    notices,
    request,
    ...(request.rewrite ? { source: request.rewrite.source } : {}),
  };
}

/** The same request for a batch that has branches: the same seed would give the same ones. */
function afterBranches(request: Request, count: number): Request {
  const { seed } = request.options;
  return seed === undefined
    ? request
    : { ...request, options: { ...request.options, seed: seed + count } };
}

/** The node on a card of a batch. @throws VariorumError when there is none */
export function nodeOn(tree: Tree, batch: Batch | undefined, index: number): Readonly<TreeNode> {
  const id = batch && cardsOf(tree, batch.id)[index];
  const node = id === undefined ? undefined : tree.node(id);
  if (!node) {
    throw noSuchBranch(index);
  }
  return node;
}

/** @throws VariorumError when nothing is in it yet */
export function branchText({ id, text }: Readonly<TreeNode>, index: number): BranchText {
  if (text === '') {
    throw nothingYet(index);
  }
  return { node: id, text };
}
