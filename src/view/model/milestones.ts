import type { BatchView } from '../../protocol';
import { forkStrings } from '../forkStrings';
import { rewriteStrings } from '../rewriteStrings';
import { strings } from '../strings';
import { foldedInto } from './folds';
import type { ViewState } from './state';

/** What a screen reader is told between two states: milestones, never tokens. */
export function milestones(before: ViewState, after: ViewState): string[] {
  return [
    ...ofProgress(before, after),
    ...ofSiblings(before, after),
    ...ofFreezes(before, after),
    ...ofActions(before, after),
    ...ofNotices(before, after),
  ];
}

function ofProgress(before: ViewState, after: ViewState): string[] {
  const isNew = before.batch.id !== after.batch.id;
  const was = progress(isNew ? null : before.batch);
  const is = progress(after.batch);
  if (is.streaming > was.streaming) {
    return [strings.started(is.streaming)];
  }
  if (isNew) {
    const { index, count } = after.batch.position;
    // The first state after loading is a replay of what the writer already knows.
    return before.rev === null || count === 0 ? [] : [strings.batchOf(index + 1, count)];
  }
  const failed = is.failed.filter((index) => !was.failed.includes(index));
  const said = failed.map((index) => strings.branchFailed(index + 1));
  if (is.streaming < was.streaming) {
    const ended = is.total - is.streaming;
    const all = is.streaming === 0;
    said.push(all ? strings.finished(ended) : strings.someDone(ended, is.total));
  }
  return said;
}

function progress(batch: BatchView | null) {
  const branches = batch?.branches ?? [];
  return {
    total: branches.length,
    streaming: branches.filter(({ status }) => status === 'streaming').length,
    failed: branches.filter(({ status }) => status === 'failed').map(({ index }) => index),
  };
}

/** What is found once branches have ended, where it was not known before. */
function ofSiblings(before: ViewState, after: ViewState): string[] {
  if (before.batch.id !== after.batch.id || before.rev === null) {
    return [];
  }
  const said: string[] = [];
  if (before.folds !== after.folds) {
    for (const [head, others] of foldedInto(after.folds)) {
      const known = others.every((other) => before.folds.get(other) === head);
      const numbers = others.map((other) => other + 1).join(', ');
      said.push(...(known ? [] : [strings.foldedInto(head + 1, numbers)]));
    }
  }
  const found = flagged(after.batch);
  if (found > flagged(before.batch)) {
    said.push(strings.foundOn(found));
  }
  const was = estimatesOf(before.batch);
  return [...said, ...estimatesOf(after.batch).filter((line) => !was.includes(line))];
}

/** What is said of all branches together, in lines. */
function estimatesOf({ ideas, rewritten }: BatchView): string[] {
  return [ideas?.line, ideas?.effect, rewritten?.effect?.line].filter((line) => line !== undefined);
}

function flagged({ branches }: BatchView): number {
  return branches.filter(({ flags }) => flags !== undefined && flags.length > 0).length;
}

/** Where branches froze, once that is known. */
function ofFreezes(before: ViewState, after: ViewState): string[] {
  const known = new Set(before.batch.branches.map(({ freeze }) => freeze?.line));
  return after.batch.branches.flatMap(({ freeze }) =>
    freeze && before.batch.id === after.batch.id && !known.has(freeze.line)
      ? forkStrings.frozenSpoken(freeze.line)
      : [],
  );
}

function ofActions(before: ViewState, after: ViewState): string[] {
  const said: string[] = [];
  const { inserted } = after.batch;
  const isNew = before.batch.id !== after.batch.id;
  if (!isNew && inserted !== null && inserted !== before.batch.inserted) {
    said.push(
      after.batch.rewritten
        ? rewriteStrings.applied(inserted + 1)
        : strings.branchInserted(inserted + 1),
    );
  }
  const { confirmed, problem } = after;
  if (confirmed !== before.confirmed && confirmed?.kind === 'copy') {
    said.push(strings.branchCopied(confirmed.branch + 1));
  }
  if (problem !== null && problem !== before.problem) {
    said.push(`${problem.error.message} ${problem.error.action}`);
  }
  return said;
}

function ofNotices(before: ViewState, after: ViewState): string[] {
  const known = new Set(before.batch.notices.map(({ message }) => message));
  return after.batch.notices
    .filter(({ severity, message }) => severity !== 'info' && !known.has(message))
    .map(({ message }) => message);
}
