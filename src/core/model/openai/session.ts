import type { Clock } from '../../platform';
import { CleanBranch, UncleanedBranch, type Cleaner } from '../../prompt/cleanReply';
import { HeadReader } from '../../prompt/replyHead';
import { toModelError, type ModelError } from '../error';
import type { Options } from '../languageModel';
import { adapt } from './adapt';
import { Answer } from './answer';
import { asksLogprobs, requestBody, type Asked } from './body';
import { BranchReader } from './branchReader';
import type { ChunkQueue } from './chunkQueue';
import { compose, type Ask } from './compose';
import { recognise } from './dialects';
import type { Endpoint } from './endpoint';
import { withLateLogprobs } from './lateLogprobs';
import type { Learned } from './learned';
import { modelError, nothingCame, type Respondent } from './modelError';
import type { Plan } from './plan';
import { Turns } from './turns';
import {
  WireError,
  type RequestBody,
  type RequestDetails,
  type Wire,
  type WireFailure,
} from './wire';

/** Requests at once: more only wait in the server, or are refused by it. */
const AT_ONCE = 8;
/** A request is made anew at most so often. */
const MAX_TRIES = 10;
/** A wait that the server asks for is kept to by itself up to this, in seconds, and so often. */
const MAX_WAIT = 20;
const MAX_WAITS = 2;
/** After the last branch has ended, so long is waited for the usage and the end of the stream, in milliseconds. */
const LINGER = 250;

/** What `continue` or `answer` was asked for. */
export interface Job {
  endpoint: Endpoint;
  ask: Ask;
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

/** Makes the requests of one `continue` or `answer`: as many as it takes, and other ones where the server refuses. */
export class Session {
  readonly #turns: Turns;
  /** How often a request was put off, by its first branch. */
  readonly #waits = new Map<number, number>();

  constructor(
    private readonly job: Job,
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly who: Respondent,
  ) {
    // What was written last is told afterwards only while nothing else has been written.
    this.#turns = new Turns(job.learned.dialect.lateLogprobs === undefined ? AT_ONCE : 1);
  }

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
      if (failure === 'another API') {
        return branches;
      }
      return failure === null ? this.#finished(request) : await this.#failed(request, failure);
    } catch (error) {
      this.#fail(branches, toModelError(error));
      return [];
    }
  }

  #prepare(branches: readonly number[], tries: number): Request {
    const { learned } = this.job;
    const { plan, asked, body } = this.#plan(branches);
    const last = asked.parts.at(-1);
    const prefill = plan.strategy === 'prefill' && last?.role === 'assistant' ? last.text : '';
    const hasLogprobs = !learned.refuses('logprobs');
    const makeCleaner = this.#cleaners(plan);
    const answer = new Answer(
      branches,
      () => new BranchReader(hasLogprobs, prefill, makeCleaner()),
    );
    return { branches, plan, body, answer, tries };
  }

  #cleaners({ strategy }: Plan): () => Cleaner {
    const { ask } = this.job;
    if (ask.kind === 'answer') {
      return () => new UncleanedBranch();
    }
    const head = new HeadReader(ask.passage, strategy);
    return () => new CleanBranch(head);
  }

  #plan(branches: readonly number[]): { plan: Plan; asked: Asked; body: RequestBody } {
    const { endpoint, ask, options, learned } = this.job;
    const { plan, parts } = compose(endpoint, learned, ask, options);
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

  /**
   * @returns why it failed; null when the stream ended by itself; `another API` when its beginning gave away a
   *   server of a kind that is to be asked by another one
   */
  async #stream(request: Request): Promise<WireFailure | 'another API' | null> {
    const { plan, body, answer } = request;
    const { signal, learned } = this.job;
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    let lingering = false;
    const events: unknown[] = [];
    let last: unknown;
    const about = this.#details(plan);
    const release = this.job.queue.hold(() =>
      events.length === 0 ? [] : answer.take(withLateLogprobs(events, undefined)),
    );
    try {
      for await (const value of this.wire.stream(plan.api, body, stop.signal, about)) {
        if (last === undefined && this.#isAnother(request, value)) {
          return 'another API';
        }
        last = value;
        this.#take(answer, value, body, events);
        if (answer.complete && !lingering) {
          lingering = true;
          void this.clock.sleep(LINGER, stop.signal).then(abort);
        }
      }
      learned.recognise(recognise({ answer: last }));
      await this.#takeLate(answer, events);
      return null;
    } catch (error) {
      if (error instanceof WireError) {
        return answer.complete ? null : error.failure;
      }
      throw error;
    } finally {
      if (!signal.aborted) {
        release();
      }
      signal.removeEventListener('abort', abort);
      abort();
    }
  }

  #details({ api, strategy }: Plan): RequestDetails {
    const { learned } = this.job;
    const { prefill } = learned.dialect;
    const path = strategy === 'prefill' && prefill.path ? prefill.path : learned.facts(api).path;
    return { path, onHeaders: (headers) => learned.recognise(recognise({ headers })) };
  }

  /** Whether the first event of an answer shows that the server is to be asked by another API. */
  #isAnother({ branches, plan, tries }: Request, answer: unknown): boolean {
    const { learned } = this.job;
    learned.recognise(recognise({ answer }));
    return tries < MAX_TRIES && this.#plan(branches).plan.api !== plan.api;
  }

  /** Text whose tokens are told afterwards waits for them. */
  #take(answer: Answer, value: unknown, body: RequestBody, events: unknown[]): void {
    const { learned, queue } = this.job;
    if (learned.dialect.lateLogprobs !== undefined && asksLogprobs(body)) {
      events.push(value);
    } else {
      queue.push(answer.take(value));
    }
  }

  async #takeLate(answer: Answer, events: readonly unknown[]): Promise<void> {
    const { signal } = this.job;
    const path = this.job.learned.dialect.lateLogprobs;
    if (path !== undefined && events.length > 0 && !signal.aborted) {
      const told = await this.wire.read(path, signal).catch(() => undefined);
      this.job.queue.push(answer.take(withLateLogprobs(events, told)));
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
    if (plan.strategy === 'prefill' && answer.repeated) {
      const evidence = 'It went on with a message that was begun for it.';
      learned.prefill = { value: 'yes', evidence };
    }
    const saw = answer.sawEntries;
    if (saw !== null && asksLogprobs(body)) {
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
      const { raw = 'completions' } = learned.dialect;
      learned.setApi(raw, { value: 'unknown', evidence: 'The model was not found.' });
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
