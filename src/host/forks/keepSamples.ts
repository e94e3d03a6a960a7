import type { Samples } from '../../core/diversity/resample';
import { MARKS } from '../../core/tree/marks';
import type { Request } from '../batch';
import type { DocumentSession } from '../documentSession';
import { nodeDraft, runOf } from '../generate';

/**
 * Keeps samples in the tree, since nothing that was generated is lost: as a batch of their own that is hidden and
 * that nobody chooses from.
 * @param request what they were asked with, but for what resampling changes
 * @param fork where in the tree they begin
 */
export function keepSamples(
  { journal, storageFailed }: DocumentSession,
  request: Request,
  fork: Pick<Request, 'parent' | 'at'>,
  { passage, options, branches }: Samples,
): void {
  const [model] = request.models;
  const asked: Request = { ...request, ...fork, passage, options };
  const nodes = journal.recordBatch(branches.map((_, at) => nodeDraft(asked, at)));
  const written = nodes.flatMap(({ id }, at) => {
    const branch = branches[at];
    if (!branch || branch.status === 'streaming') {
      return [];
    }
    const { text, status, finish, error, usage } = branch;
    journal.recordText(id, text);
    const ending = {
      ...{ status, tokens: runOf(branch, model) },
      ...(finish ? { finish } : {}),
      ...(error ? { error } : {}),
      ...(usage ? { usage } : {}),
    };
    return [journal.recordEnd(id, ending), journal.recordPrune(id, true)];
  });
  const [first] = nodes;
  const mark = first ? [journal.recordMark(first.id, MARKS.samples, '')] : [];
  Promise.all([...mark, ...written]).catch(storageFailed);
}
