import type { ConfidenceSteps } from '../../core/model/confidence';
import type { BranchView, ErrorInfo } from '../../protocol';
import { foldedInto } from './folds';
import { isFolded } from './local';
import { commonFailure, type ViewState } from './state';

/** Everything a card shows. Two that are equal field by field look the same. */
export interface CardView {
  branch: BranchView;
  total: number;
  isInserted: boolean;
  isCopied: boolean;
  isSelected: boolean;
  /** Its own card is out of sight, behind an identical one. */
  isFolded: boolean;
  /** The numbers (from 1) of the identical branches behind it, as a list; empty when there are none. */
  same: string;
  /** How many are identical, itself among them. */
  copies: number;
  isUnfolded: boolean;
  /** The letter of its group; empty when there is no more than one group. */
  idea: string;
  ideaLabel: string;
  /** Why the last action on it was refused. */
  problem: ErrorInfo | null;
  /** Why it failed is told above the cards, once for all. */
  isToldAbove: boolean;
  isRaw: boolean;
  steps: ConfidenceSteps;
  /** The passage that it rewrites, where what changed is to be shown; null: the text alone is. */
  source: string | null;
  /** Whether it is an alternative for a passage. */
  isRewrite: boolean;
  /** UTF-16 code units at its beginning that a sibling has too. */
  shared: number;
}

/** What each card shows, in the order of their numbers. */
export function cardViews(state: ViewState): CardView[] {
  const { batch, confirmed, problem, openings, selected, unfolded, look } = state;
  const behind = foldedInto(state.folds);
  const ideas = ideasByBranch(state);
  const isToldAbove = commonFailure(batch) !== null;
  const rewrite = rewriteLook(state);
  return batch.branches.map((branch) => {
    const { index } = branch;
    const same = behind.get(index) ?? [];
    const isUnfolded = unfolded.has(index);
    const shown = isUnfolded ? [index] : [index, ...same];
    const idea = ideas.get(index);
    return {
      branch,
      total: batch.branches.length,
      isInserted: batch.inserted !== null && shown.includes(batch.inserted),
      isCopied: confirmed?.kind === 'copy' && confirmed.branch === index,
      isSelected: selected.has(index),
      isFolded: isFolded(state, index),
      same: same.map((other) => other + 1).join(', '),
      copies: same.length + 1,
      isUnfolded,
      idea: idea?.letter ?? '',
      ideaLabel: idea?.label ?? '',
      problem: problem !== null && shown.includes(problem.branch ?? -1) ? problem.error : null,
      isToldAbove,
      isRaw: look.isRaw,
      steps: state.steps,
      ...rewrite,
      shared: openings.get(index)?.shared ?? 0,
    };
  });
}

/** What cards of rewrites show besides. */
function rewriteLook({ batch, look }: ViewState): Pick<CardView, 'source' | 'isRewrite'> {
  const { rewritten } = batch;
  return {
    source: look.showsChanges && rewritten ? rewritten.source : null,
    isRewrite: rewritten !== undefined,
  };
}

export function isSameCard(a: CardView, b: CardView): boolean {
  const keys = Object.keys(a) as (keyof CardView)[];
  return keys.every((key) => a[key] === b[key]);
}

/** A, B … Z, then AA, AB … */
export function ideaLetter(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest > 0 ? ideaLetter(rest - 1) : '') + String.fromCharCode(65 + (at % 26));
}

function ideasByBranch({ batch }: ViewState) {
  const groups = batch.ideas?.groups ?? [];
  const pairs = groups.length > 1 ? groups : [];
  return new Map(
    pairs.flatMap(({ label, members }, at) =>
      members.map((member) => [member, { letter: ideaLetter(at), label }] as const),
    ),
  );
}
