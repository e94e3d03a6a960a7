import type { Clock } from '../../platform';
import { CleanBranch, UncleanedBranch, type Cleaner } from '../../prompt/cleanReply';
import { HeadReader } from '../../prompt/replyHead';
import { toModelError, type ModelError } from '../error';
import type { Chunk, Options } from '../languageModel';
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
import { mayPass } from './mayPass';
import { modelError, nothingCame, type Respondent } from './modelError';
import type { OriginGate } from './originGate';
import type { Plan } from './plan';
import {
  WireError,
  type RequestBody,
  type RequestDetails,
  type Wire,
  type WireFailure,
} from './wire';

/** A request is made anew at most so often. */
const MAX_TRIES = 10;
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
  /** How often a request was put off, by its first branch. */
  readonly #waits = new Map<number, number>();

  constructor(
    private readonly job: Job,
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly gate: OriginGate,
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
    if (this.job.learned.dialect.lateLogprobs !== undefined) {
      this.gate.oneByOne();
    }
    const size = Math.min(branches.length, this.job.learned.nMax);
    const groups: (readonly number[])[] = [];
    for (let at = 0; at < branches.length; at += size) {
      groups.push(branches.slice(at, at + size));
    }
    await Promise.all(
      groups.map(async (group) => {
        const again = await this.gate.take(() => this.#request(group, tries), this.job.signal);
        if (again !== undefined && again.length > 0) {
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
      return failure === null ? this.#finished(request) : this.#failed(request, failure);
    } catch (error) {
      this.#fail(branches, toModelError(error));
      return [];
    }
  }

  #prepare(branches: readonly number[], tries: number): Request {
    const { options, learned } = this.job;
    const { plan, asked, body } = this.#plan(branches);
    const last = asked.parts.at(-1);
    const prefill = plan.strategy === 'prefill' && last?.role === 'assistant' ? last.text : '';
    const hasLogprobs = !learned.refuses('logprobs');
    const makeCleaner = this.#cleaners(plan);
    const answer = new Answer(
      branches,
      () => new BranchReader(hasLogprobs, prefill, makeCleaner()),
      options.maxTokens,
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
    const held = this.#holds(body) ? ([] as unknown[]) : null;
    let last: unknown;
    const about = this.#details(plan);
    const untold = (): readonly Chunk[] =>
      held === null || held.length === 0 ? [] : answer.take(withLateLogprobs(held, undefined));
    const release = this.job.queue.hold(untold);
    try {
      for await (const value of this.wire.stream(plan.api, body, stop.signal, about)) {
        if (last === undefined && this.#isAnother(request, value)) {
          return 'another API';
        }
        last = value;
        const over = this.#take(answer, value, held);
        if (over === 'over') {
          break;
        }
        if (over !== undefined) {
          return over;
        }
        if (answer.complete && !lingering) {
          lingering = true;
          void this.clock.sleep(LINGER, stop.signal).then(abort);
        }
      }
      learned.recognise(recognise({ answer: last }));
      await this.#takeLate(answer, held ?? []);
      return null;
    } catch (error) {
      if (error instanceof WireError) {
        this.job.queue.push(untold());
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

  /** @returns why the rest of the stream is of no use: `over` where it ends well; undefined while it goes on */
  #take(answer: Answer, value: unknown, held: unknown[] | null): WireFailure | 'over' | undefined {
    if (held !== null) {
      return held.push(value) > mostHeld(this.job.options) ? 'over' : undefined;
    }
    this.job.queue.push(answer.take(value));
    if (answer.isIdle && !answer.complete) {
      return { kind: 'endless' };
    }
    return answer.overran || answer.isIdle ? 'over' : undefined;
  }

  /**
   * Whether text waits for its tokens, which are told afterwards: of what was written last, so nothing else may be
   * written meanwhile.
   */
  #holds(body: RequestBody): boolean {
    const { dialect } = this.job.learned;
    return dialect.lateLogprobs !== undefined && this.gate.isOneByOne && asksLogprobs(body);
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
    this.gate.answered();
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
    if (saw !== null && asksLogprobs(body)) {
      learned.setLogprobs(plan.api, {
        value: saw ? 'yes' : 'no',
        evidence: saw ? 'They came with its answer.' : 'They were asked for and did not come.',
      });
    }
    return missing;
  }

  #failed(request: Request, failure: WireFailure): readonly number[] {
    const { branches, answer, tries, plan } = request;
    const { endpoint, queue, learned } = this.job;
    if (!answer.begun && tries < MAX_TRIES) {
      adapt({ ...request, failure }, endpoint, learned);
      if (this.#wouldDiffer(request) || this.#isPutOff(branches, failure)) {
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

  /** Whether the request goes out again as it is, once the gate lets it. */
  #isPutOff([first = 0]: readonly number[], failure: WireFailure): boolean {
    const waits = this.#waits.get(first) ?? 0;
    if (!mayPass(failure, waits)) {
      return false;
    }
    this.#waits.set(first, waits + 1);
    this.gate.refused('retryAfter' in failure ? failure.retryAfter : undefined, waits);
    return true;
  }

  #fail(branches: readonly number[], error: ModelError): void {
    this.job.queue.push(branches.map((branch) => ({ branch, kind: 'error', error })));
  }
}

/** So many events of a branch wait for their tokens; a server that sends more keeps to no bound. */
function mostHeld({ maxTokens }: Options): number {
  return 16 * maxTokens + 1000;
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
