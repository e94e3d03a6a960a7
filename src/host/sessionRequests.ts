import { leadOf } from '../core/text/passage';
import type { NodeId, TreeNode } from '../core/tree/node';
import type { Tree } from '../core/tree/tree';
import type { Notice } from '../protocol';
import { cardsOf, type Batch, type Fork, type Request } from './batch';
import { noSuchBranch, nothingYet } from './branchErrors';
import type { Placement } from './placement';
import type { PlaceInDraft } from './places';

/** Where and how to continue. */
export interface ContinueRequest extends Omit<Request, 'parent' | 'at'> {
  at: Pick<PlaceInDraft, 'offset' | 'selection'>;
  notices: readonly Notice[];
  /** How the branches are made to begin; as many come as there are. */
  forks?: readonly Fork[];
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

/** A batch that has just been asked for, at its place. */
export function newBatch(
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
  };
}

/** The same request for a batch that has branches: the same seed would give the same ones. */
export function afterBranches(request: Request, count: number): Request {
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
