import type { Clock } from '../../platform';
import { CleanBranch } from '../../prompt/cleanReply';
import { HeadReader } from '../../prompt/replyHead';
import { toModelError, type ModelError } from '../error';
import type { Options, Passage } from '../languageModel';
import { adapt } from './adapt';
import { Answer } from './answer';
import { requestBody, type Asked } from './body';
import { BranchReader } from './branchReader';
import type { ChunkQueue } from './chunkQueue';
import { compose } from './compose';
import type { Endpoint } from './endpoint';
import type { Learned } from './learned';
import { modelError, nothingCame, type Respondent } from './modelError';
import type { Plan } from './plan';
import { Turns } from './turns';
import { WireError, type RequestBody, type Wire, type WireFailure } from './wire';

/** Requests at once: more only wait in the server, or are refused by it. */
const AT_ONCE = 8;
/** A request is made anew at most so often. */
const MAX_TRIES = 10;
/** A wait that the server asks for is kept to by itself up to this, in seconds, and so often. */
const MAX_WAIT = 20;
const MAX_WAITS = 2;
/** After the last branch has ended, so long is waited for the usage and the end of the stream, in milliseconds. */
const LINGER = 250;

/** What `continue` was asked for. */
export interface Job {
  endpoint: Endpoint;
  passage: Passage;
  options: Options;
  signal: AbortSignal;
  queue: ChunkQueue;
  learned: Learned;
}

/** One request: which branches it is for and what it says. */
interface Request {
  branches: readonly number[];
  plan: Plan;
  body: RequestBody;
  answer: Answer;
  /** How often these branches have been asked for before. */
  tries: number;
}

/** Makes the requests of one `continue`: as many as it takes, and other ones where the server refuses. */
export class Session {
  readonly #turns = new Turns(AT_ONCE);
  /** How often a request was put off, by its first branch. */
  readonly #waits = new Map<number, number>();

  constructor(
    private readonly job: Job,
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly who: Respondent,
  ) {}

  /** Never rejects: what goes wrong is in the queue. */
  async run(): Promise<void> {
    const { options } = this.job;
    await this.#ask(
      Array.from({ length: options.n }, (_, branch) => branch),
      0,
    );
  }

  #isStopped(): boolean {
    return this.job.signal.aborted;
  }

  async #ask(branches: readonly number[], tries: number): Promise<void> {
    const size = Math.min(branches.length, this.job.learned.nMax);
    const groups: (readonly number[])[] = [];
    for (let at = 0; at < branches.length; at += size) {
      groups.push(branches.slice(at, at + size));
    }
    await Promise.all(
      groups.map(async (group) => {
        const again = await this.#turns.take(() => this.#request(group, tries));
        if (again.length > 0) {
          await this.#ask(again, tries + 1);
        }
      }),
    );
  }

  /** @returns the branches that have to be asked for anew */
  async #request(branches: readonly number[], tries: number): Promise<readonly number[]> {
    if (this.#isStopped()) {
      return [];
    }
    if (branches.length > this.job.learned.nMax) {
      return branches;
    }
    try {
      const request = this.#prepare(branches, tries);
      const failure = await this.#stream(request);
      if (this.#isStopped()) {
        return [];
      }
      return failure === null ? this.#finished(request) : await this.#failed(request, failure);
    } catch (error) {
      this.#fail(branches, toModelError(error));
      return [];
    }
  }

  #prepare(branches: readonly number[], tries: number): Request {
    const { passage, learned } = this.job;
    const { plan, asked, body } = this.#plan(branches);
    const last = asked.parts.at(-1);
    const prefill = plan.strategy === 'prefill' && last?.role === 'assistant' ? last.text : '';
    const hasLogprobs = !learned.refuses('logprobs');
    const head = new HeadReader(passage, plan.strategy);
    const answer = new Answer(
      branches,
      () => new BranchReader(hasLogprobs, prefill, new CleanBranch(head)),
    );
    return { branches, plan, body, answer, tries };
  }

  #plan(branches: readonly number[]): { plan: Plan; asked: Asked; body: RequestBody } {
    const { endpoint, passage, options, learned } = this.job;
    const { plan, parts } = compose(endpoint, learned, passage, options);
    const asked = {
      model: endpoint.model,
      plan,
      parts,
      options,
      n: branches.length,
      seed: options.seed === undefined ? undefined : options.seed + (branches[0] ?? 0),
    };
    return { plan, asked, body: requestBody(asked, learned) };
  }

  /** @returns why it failed, or null when the stream ended by itself */
  async #stream({ plan, body, answer }: Request): Promise<WireFailure | null> {
    const { signal, queue } = this.job;
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    let lingering = false;
    try {
      for await (const value of this.wire.stream(plan.api, body, stop.signal)) {
        queue.push(answer.take(value));
        if (answer.complete && !lingering) {
          lingering = true;
          void this.clock.sleep(LINGER, stop.signal).then(abort);
        }
      }
      return null;
    } catch (error) {
      if (error instanceof WireError) {
        return answer.complete ? null : error.failure;
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      abort();
    }
  }

  #finished({ branches, plan, body, answer, tries }: Request): readonly number[] {
    const { queue, learned } = this.job;
    const { chunks, missing } = answer.end();
    queue.push(chunks);
    if (missing.length === branches.length || (missing.length > 0 && tries >= MAX_TRIES)) {
      this.#fail(missing, nothingCame(this.who));
      return [];
    }
    learned.setApi(plan.api, { value: 'yes', evidence: 'It has answered.' });
    if (missing.length > 0) {
      learned.limitN(branches.length - missing.length);
    }
    noteShown(learned, body, missing.length === 0);
    if (plan.strategy === 'prefill' && answer.repeated) {
      const evidence = 'It went on with a message that was begun for it.';
      learned.prefill = { value: 'yes', evidence };
    }
    const saw = answer.sawEntries;
    if (saw !== null && 'logprobs' in body) {
      learned.setLogprobs(plan.api, {
        value: saw ? 'yes' : 'no',
        evidence: saw ? 'They came with its answer.' : 'They were asked for and did not come.',
      });
    }
    return missing;
  }

  async #failed(request: Request, failure: WireFailure): Promise<readonly number[]> {
    const { branches, answer, tries, plan } = request;
    const { endpoint, queue, learned } = this.job;
    if (!answer.begun && tries < MAX_TRIES) {
      adapt({ ...request, failure }, endpoint, learned);
      if (this.#wouldDiffer(request) || (await this.#waited(branches, failure))) {
        return this.#isStopped() ? [] : branches;
      }
    }
    if (plan.api === 'chat' && failure.kind === 'status' && failure.status === 404) {
      // Neither API knows the model: that says nothing about the other one.
      learned.setApi('completions', { value: 'unknown', evidence: 'The model was not found.' });
    }
    queue.push(answer.fail(modelError(failure, this.who, answer.begun)));
    return [];
  }

  #wouldDiffer({ branches, plan, body }: Request): boolean {
    if (branches.length > this.job.learned.nMax) {
      return true;
    }
    const next = this.#plan(branches);
    return JSON.stringify([next.plan, next.body]) !== JSON.stringify([plan, body]);
  }

  /** Waits when the server asks for a short wait. */
  async #waited([first = 0]: readonly number[], failure: WireFailure): Promise<boolean> {
    const wait =
      failure.kind === 'status' && [429, 503].includes(failure.status)
        ? failure.retryAfter
        : undefined;
    const waits = this.#waits.get(first) ?? 0;
    if (wait === undefined || wait > MAX_WAIT || waits >= MAX_WAITS) {
      return false;
    }
    this.#waits.set(first, waits + 1);
    await this.clock.sleep(wait * 1000, this.job.signal);
    return true;
  }

  #fail(branches: readonly number[], error: ModelError): void {
    this.job.queue.push(branches.map((branch) => ({ branch, kind: 'error', error })));
  }
}

/** What a request shows by having been answered. */
function noteShown({ record }: Learned, body: RequestBody, isComplete: boolean): void {
  if (isComplete && Number(body['n'] ?? 1) > 1) {
    record.note('several', 'server', { value: 'yes', evidence: 'All that were asked for came.' });
  }
  if (Array.isArray(body['prompt'])) {
    const evidence = 'It went on with a prompt that held ids.';
    record.note('tokenPrompt', 'completions', { value: 'yes', evidence });
  }
}
