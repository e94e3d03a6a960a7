import type { ModelError } from '../model/error';
import type { Usage } from '../model/languageModel';
import { reasonFor } from './again';
import type { Answered } from './ask';
import { itemsIn } from './batchAnswer';
import { failedBranch, present, type Shown } from './branch';
import { chooseApart, poolOf } from './choose';
import type { Job } from './job';
import type { Fault, RewriteChunk } from './rewriting';
import type { RewriteStrategy } from './strategy';

/** Candidates of one request at most: answers that are longer fall apart. */
const MOST_POOLED = 24;

type Failed = Shown & { fault: Fault };

/**
 * Rewrites from one request: of more candidates than are wanted those that differ most are shown; what is still
 * missing is asked for again with the reason, within the limits. The usage is told by the first branch that ends.
 */
export async function* rewriteBatch(
  job: Job,
  branches: readonly number[],
  strategy: RewriteStrategy,
): AsyncGenerator<RewriteChunk> {
  yield* new Batch(job, branches, strategy).run();
}

class Batch {
  /** Branches that have no rewrite yet. */
  readonly #open: number[];
  readonly #failed: Failed[] = [];
  /** So many of them have been told as thrown away. */
  #told = 0;
  /** What requests took since one was last told. */
  #usages: Usage[] = [];

  constructor(
    private readonly job: Job,
    branches: readonly number[],
    private readonly strategy: RewriteStrategy,
  ) {
    this.#open = [...branches];
  }

  async *run(): AsyncGenerator<RewriteChunk> {
    const { job } = this;
    for (let tries = 1; ; tries++) {
      const answered = await this.#ask(tries);
      this.#usages.push(answered.usage);
      if (answered.finish === 'cancelled' || job.signal.aborted) {
        yield* this.#open.map((branch) => ({ branch, kind: 'end', finish: 'cancelled' }) as const);
        return;
      }
      if (!answered.error) {
        yield* this.#take(answered);
      }
      const [next] = this.#open;
      if (next === undefined) {
        return;
      }
      if (answered.error || tries >= job.limits.tries || !job.canAfford) {
        yield* this.#theRest(answered.error);
        return;
      }
      yield* this.#failed
        .slice(this.#told)
        .map((each) => ({ branch: next, kind: 'again', attempt: attemptOf(each) }) as const);
      this.#told = this.#failed.length;
    }
  }

  #ask(tries: number): Promise<Answered> {
    const wanted = this.#open.length;
    const n = Math.min(MOST_POOLED, wanted * this.strategy.pool);
    const last = this.#failed.at(-1);
    const reason = last && { reason: reasonFor(last.fault, last.piece.text) };
    return this.job.ask(this.strategy, (this.#open[0] ?? 0) + tries - 1, { n, ...reason }, 1);
  }

  /** Shows what of an answer can be shown. */
  async *#take({ text, finish }: Answered): AsyncGenerator<RewriteChunk> {
    const { job, strategy } = this;
    const { sound, bad } = await sorted(job, text, finish === 'stop', this.#open.length);
    this.#failed.push(...bad);
    for (const shown of sound) {
      const [branch] = this.#open;
      // Again: those of one answer have to differ from each other, and something may have come meanwhile.
      const fault = job.desk.examine({ text: shown.piece.text, finish: 'stop' });
      if (fault) {
        this.#failed.push({ ...shown, fault });
      } else if (branch !== undefined) {
        this.#open.shift();
        // Those of earlier answers; those of this one are the open branches'.
        const attempts = this.#failed.splice(0, this.#told).map(attemptOf);
        this.#told = 0;
        const usages = this.#usages.splice(0);
        yield* present(job, branch, strategy, shown, { attempts, usages });
      }
    }
  }

  /** What is left is shown with its fault, each candidate in one branch only. */
  async *#theRest(error: ModelError | undefined): AsyncGenerator<RewriteChunk> {
    for (const branch of this.#open) {
      const failures = { failed: this.#failed.splice(-1), usages: this.#usages.splice(0) };
      yield* failedBranch(this.job, branch, this.strategy, failures, error);
    }
  }
}

function attemptOf({ piece, fault }: Failed) {
  return { text: piece.text, fault };
}

/** The candidates of an answer: those to show, the most different first, and those with a fault. */
async function sorted(
  job: Job,
  answer: string,
  isWhole: boolean,
  wanted: number,
): Promise<{ sound: Shown[]; bad: Failed[] }> {
  const items = itemsIn(answer, job.request.source, isWhole).map(({ text, cut }) => {
    const shown: Shown = { piece: { text }, finish: 'stop' };
    return { shown, fault: job.desk.examine({ text, finish: cut ? 'length' : 'stop' }) };
  });
  const bad = items.flatMap(({ shown, fault }) => (fault ? [{ ...shown, fault }] : []));
  const sound = items.flatMap(({ shown, fault }) => (fault ? [] : [shown]));
  const texts = sound.map(({ piece }) => piece.text);
  const { versions } = job.desk;
  const pool = poolOf(
    [...versions, ...texts],
    [...versions.map(() => 0), ...(await job.flagCounts(texts))],
  );
  const there = versions.map((_, i) => i);
  const chosen = new Set(chooseApart(pool, wanted, there).map((i) => sound[i - there.length]));
  return { sound: [...chosen, ...sound.filter((each) => !chosen.has(each))].filter(isThere), bad };
}

function isThere(shown: Shown | undefined): shown is Shown {
  return shown !== undefined;
}
