import type { NodeId } from '../core/tree/node';
import type { Notice } from '../protocol';
import type { Fork, Request } from './batch';
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
