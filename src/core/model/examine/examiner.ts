import { CapabilityRecord } from '../capability/capabilityRecord';
import type { FlagDetails, FlagName, Scope } from '../capability/flags';
import type { Capability } from '../languageModel';
import { serverMessage } from '../openai/serverMessage';
import type { Budget } from './budget';
import { sampleOf, type Sampled } from './sample';
import { refusalOf, verdictOf, type Asked, type Reply, type Send } from './send';

/** The APIs that write. */
export type WritingApi = 'chat' | 'completions';

/** The questions of an examination, in the order in which they are asked. */
export type Step =
  | 'list'
  | 'chat'
  | 'stream'
  | 'text'
  | 'score'
  | 'several'
  | 'again'
  | 'ban'
  | 'begun'
  | 'emoji'
  | 'hints'
  | 'responses';

/** One request that was made. */
export interface Made {
  step: Step;
  path: string;
  /** 0 where nothing answered. */
  status: number;
  /** Tokens that were asked for at most. */
  tokens: number;
}

export interface ExaminerParts {
  model: string;
  send: Send;
  now: () => number;
  budget: Budget;
  signal: AbortSignal;
  onStep: (step: Step) => void;
}

/** What can be left out of a request when it is refused. */
const SPARE = ['temperature', 'seed', 'stream_options', 'top_logprobs', 'logprobs'] as const;
/** A refused request is made anew at most so often. */
const MOST_AGAIN = 2;

/** What one examination has asked, and what it knows by now. */
export class Examiner {
  readonly record: CapabilityRecord;
  readonly made: Made[] = [];
  /** All that was written, for what can be seen of any of it. */
  readonly samples: Sampled[] = [];
  readonly #left = new Set<string>();
  #stopped: Reply | undefined;

  constructor(readonly parts: ExaminerParts) {
    this.record = new CapabilityRecord({ now: parts.now, source: 'examined' });
  }

  /** The answer that ended it early: there is no connection, or no way in. */
  get stopped(): Reply | undefined {
    return this.#stopped;
  }

  note<F extends FlagName>(
    flag: F,
    scope: Scope,
    value: Capability['value'],
    evidence: string,
    detail: Partial<FlagDetails[F]> = {},
  ): void {
    this.record.note(flag, scope, { value, evidence }, detail);
  }

  /** Makes one request; undefined when there is no room for it, or no point any more. */
  async ask(step: Step, asked: Asked, tokens = 0): Promise<Reply | undefined> {
    const { budget, send, signal } = this.parts;
    if (this.#isCancelled() || this.#stopped !== undefined || !budget.take(tokens)) {
      return undefined;
    }
    this.parts.onStep(step);
    const reply = await send(asked, signal);
    this.made.push({ step, path: asked.path, status: reply.status, tokens });
    if (this.#isCancelled()) {
      return undefined;
    }
    // A hint that is not given stops nothing.
    if (asked.body !== undefined && verdictOf(reply) === 'silent') {
      this.#stopped = reply;
    }
    return reply;
  }

  #isCancelled(): boolean {
    return this.parts.signal.aborted;
  }

  /**
   * Asks for text, and anew without what is named in a refusal, unless it is what the question is about.
   * @param about parameters that the question is about
   */
  async write(
    step: Step,
    api: WritingApi,
    wanted: Readonly<Record<string, unknown>>,
    about: readonly string[] = [],
  ): Promise<Reply | undefined> {
    for (let again = 0; ; again++) {
      const body = this.#shaped(api, wanted, about);
      const tokens = Number(wanted['max_tokens'] ?? 0) * Number(wanted['n'] ?? 1);
      const path = api === 'chat' ? '/chat/completions' : '/completions';
      const reply = await this.ask(step, { path, body }, Math.max(1, tokens));
      if (reply === undefined || verdictOf(reply) !== 'refused') {
        // What was forbidden on purpose says nothing of how tokens are listed.
        if (reply !== undefined && step !== 'ban') {
          this.samples.push(...sampleOf(reply).choices);
        }
        return reply;
      }
      if (again === MOST_AGAIN || !this.#adapts(reply, body, about)) {
        return reply;
      }
    }
  }

  /** The request as this server wants it, by what it has refused. */
  #shaped(
    api: WritingApi,
    wanted: Readonly<Record<string, unknown>>,
    about: readonly string[],
  ): Record<string, unknown> {
    const { max_tokens: most, ...rest } = wanted;
    const field = api === 'chat' ? this.record.tokensField : 'max_tokens';
    const kept = Object.entries(rest).filter(
      ([name]) =>
        !(name === 'top_logprobs' && this.#left.has('logprobs')) &&
        (about.includes(name) || !this.#left.has(name)),
    );
    const body: Record<string, unknown> = {
      model: this.parts.model,
      ...Object.fromEntries(kept),
      ...(most === undefined ? {} : { [field]: most }),
    };
    if (api === 'chat' && this.record.countsLogprobs && body['logprobs'] === true) {
      const { top_logprobs: top, ...others } = body;
      return { ...others, logprobs: top };
    }
    return body;
  }

  /** Whether something was learnt that makes the next request another one. */
  #adapts(reply: Reply, body: Record<string, unknown>, about: readonly string[]): boolean {
    const { text, parameters } = serverMessage(reply.events[0]);
    const names = (name: string) =>
      parameters.length > 0 ? parameters.includes(name) : new RegExp(`\\b${name}\\b`).test(text);
    if (names('max_tokens') && text.includes('max_completion_tokens') && 'max_tokens' in body) {
      this.record.tokensField = 'max_completion_tokens';
      return true;
    }
    const isNumber = body['logprobs'] === true && /\bint(?:eger)?\b|\bnumber\b/iu.test(text);
    if (names('logprobs') && isNumber && !this.record.countsLogprobs) {
      this.record.countsLogprobs = true;
      return true;
    }
    const spare = SPARE.filter((name) => name in body && !about.includes(name) && names(name));
    for (const name of spare) {
      this.#left.add(name);
      this.record.noteParameter(name, { value: 'no', evidence: refusalOf(reply) });
    }
    return spare.length > 0;
  }
}
