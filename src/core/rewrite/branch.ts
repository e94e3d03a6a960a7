import type { ModelError } from '../model/error';
import type { Finish, Usage } from '../model/languageModel';
import type { Token } from '../model/token';
import { leastBad, reasonFor } from './again';
import { rewriteIn } from './answerText';
import { part, sumOf, type Answered } from './ask';
import type { Job } from './job';
import type { Attempt, Fault, RewriteChunk } from './rewriting';
import type { RewriteStrategy } from './strategy';

/** A candidate that could be shown. */
export interface Shown {
  piece: { text: string; tokens?: readonly Token[] };
  finish: Finish;
  fault?: Fault;
}

/** What came of the tries for one branch. */
export interface Tried {
  attempts: readonly Attempt[];
  usages: readonly Usage[];
}

/** A longer answer than the first one is given room for. */
const WIDER = 2;

/** One rewrite: asked for until a candidate passes, or the limits are reached. Ends with `end` or `error`. */
export async function* rewriteBranch(
  job: Job,
  branch: number,
  strategy: RewriteStrategy,
): AsyncGenerator<RewriteChunk> {
  const failed: (Shown & { fault: Fault })[] = [];
  const usages: Usage[] = [];
  const attempts = (): Attempt[] => failed.map(({ piece, fault }) => ({ text: piece.text, fault }));
  for (let tries = 1; ; tries++) {
    const last = failed.at(-1);
    const reason = last && reasonFor(last.fault, last.piece.text);
    const widen = failed.some(({ fault }) => fault.kind === 'truncated') ? WIDER : 1;
    const answered = await job.ask(
      strategy,
      branch,
      { n: 1, ...(reason ? { reason } : {}) },
      widen,
    );
    usages.push(answered.usage);
    if (answered.finish === 'cancelled' || job.signal.aborted) {
      yield { branch, kind: 'end', finish: 'cancelled' };
      return;
    }
    if (answered.error) {
      yield* failedBranch(job, branch, strategy, { failed, usages }, answered.error);
      return;
    }
    const shown = shownOf(answered, job.request.source);
    const fault = job.desk.examine({ text: shown.piece.text, finish: answered.finish });
    if (fault === undefined) {
      yield* present(job, branch, strategy, shown, { attempts: attempts(), usages });
      return;
    }
    failed.push({ ...shown, fault });
    if (tries >= job.limits.tries || !job.canAfford) {
      yield* failedBranch(job, branch, strategy, { failed, usages });
      return;
    }
    yield { branch, kind: 'again', attempt: { text: shown.piece.text, fault } };
  }
}

function shownOf(answered: Answered, source: string): Shown {
  return {
    piece: part(answered, rewriteIn(answered.text, source)),
    finish: answered.finish,
  };
}

interface Failures {
  failed: readonly (Shown & { fault: Fault })[];
  usages: readonly Usage[];
}

/** Shows the best there is with its fault; where there is nothing, says why. */
export async function* failedBranch(
  job: Job,
  branch: number,
  strategy: RewriteStrategy,
  { failed, usages }: Failures,
  error?: ModelError,
): AsyncGenerator<RewriteChunk> {
  const best = leastBad(failed);
  if (best === undefined || (error !== undefined && failed.length === 0)) {
    yield { branch, kind: 'error', error: error ?? noRewrite(failed.at(-1)?.fault) };
    return;
  }
  const attempts = failed
    .filter((each) => each !== best)
    .map(({ piece, fault }) => ({ text: piece.text, fault }));
  yield* present(job, branch, strategy, best, { attempts, usages });
}

/** Sends a rewrite: its text, what is known of it, its end. */
export async function* present(
  job: Job,
  branch: number,
  strategy: RewriteStrategy,
  { piece, finish, fault }: Shown,
  { attempts, usages }: Tried,
): AsyncGenerator<RewriteChunk> {
  // At once, before anything is waited for: what is examined next has to differ from it.
  job.desk.show(branch, piece.text);
  yield { branch, kind: 'delta', ...piece };
  const labels = await job.labels(piece.text);
  const usage = sumOf(usages);
  const about = {
    strategy: strategy.name,
    attempts,
    labels,
    ...(fault ? { fault } : {}),
    ...(usage ? { usage } : {}),
  };
  yield { branch, kind: 'about', about };
  yield { branch, kind: 'end', finish, ...(usage ? { usage } : {}) };
}

export function noRewrite(fault: Fault | undefined): ModelError {
  const said = fault?.kind === 'refused' ? fault.text.trim() : '';
  return {
    code: 'refused',
    message:
      said === ''
        ? 'The model gave no rewrite.'
        : `The model would not rewrite it: “${said.slice(0, 200)}”`,
    action: 'Try again, or choose another strategy or model.',
    retryable: true,
  };
}
