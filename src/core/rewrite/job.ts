import { toModelError, type ModelError } from '../model/error';
import type { LanguageModel, Options, Said } from '../model/languageModel';
import { Turns } from '../turns';
import { estimateTokens } from '../prompt/fitPassage';
import { ask, type Answered } from './ask';
import { Desk } from './desk';
import { countFlags, worseFlags } from './flagLabels';
import { lostThings } from './lost';
import { DEFAULT_LIMITS, type RewriteLimits, type RewriteParts } from './rewriteParts';
import type { Label, RewriteRequest } from './rewriting';
import { messagesFor, transcriptEnd, transcriptFor, type Asking } from './said';
import type { RewriteStrategy } from './strategy';

/** Requests at once: more only wait in the server, or are refused by it. */
const AT_ONCE = 6;
/** Room for an answer: so many times the passage, and in a chat what a model thinks before it. */
const LONGER = 2;
const THOUGHTS = 2000;
const SPARE = 100;
/** What is sent besides the passage, in characters, once it was too much: first less, then nothing. */
const SHORTER = [
  { around: 1500, exemplars: 1 },
  { around: 0, exemplars: 0 },
] as const;

/** One rewriting: what it was asked for, what has come, and what it has cost. */
export class Job {
  readonly desk: Desk;
  readonly limits: RewriteLimits;
  readonly #turns = new Turns(AT_ONCE);
  /** Whether the model is told things in messages; else it goes on with a transcript. */
  #isTold: boolean;
  #spent = 0;
  /** How often the model has found a request too long. */
  #tooLong = 0;
  #sourceFlags: Promise<ReadonlyMap<string, number>> | undefined;

  constructor(
    readonly model: LanguageModel,
    readonly request: RewriteRequest,
    private readonly parts: RewriteParts,
    readonly signal: AbortSignal,
  ) {
    this.desk = new Desk(request);
    this.limits = { ...DEFAULT_LIMITS, ...parts.limits };
    this.#isTold = model.capabilities.chat.value !== 'no';
  }

  get isTold(): boolean {
    return this.#isTold;
  }

  /** Whether another request is within what all may cost. */
  get canAfford(): boolean {
    return this.#spent < this.limits.tokens;
  }

  /** What a request says, by what is there already. */
  say(strategy: RewriteStrategy, { n, reason }: Pick<Asking, 'n' | 'reason'>): Said {
    const { strategies } = this.parts;
    const asking = { n, taken: this.desk.versions, ...(reason ? { reason } : {}) };
    return this.#isTold
      ? messagesFor(strategy, strategies, this.#fitted(), asking)
      : transcriptFor(strategy, strategies, this.#fitted(), asking);
  }

  /** The request as far as the model takes it. */
  #fitted(): RewriteRequest {
    const shorter = SHORTER[Math.min(this.#tooLong, SHORTER.length) - 1];
    const { before, after, exemplars } = this.request;
    return shorter === undefined
      ? this.request
      : {
          ...this.request,
          before: shorter.around === 0 ? '' : before.slice(-shorter.around),
          after: after.slice(0, shorter.around),
          exemplars: exemplars.slice(0, shorter.exemplars),
        };
  }

  /**
   * Asks once. A request that is too long goes out again with less around the passage; a model that turns out to
   * take no messages is given a transcript instead.
   * @param widen how many times the usual room the answer gets
   */
  async ask(
    strategy: RewriteStrategy,
    branch: number,
    asking: Pick<Asking, 'n' | 'reason'>,
    widen: number,
  ): Promise<Answered> {
    // Others are under way at the same time: what a failure says holds for what was known when this one went out.
    const [tooLong, wasTold] = [this.#tooLong, this.#isTold];
    const answered = await this.#turns.take(() => this.#once(strategy, branch, asking, widen));
    this.#spent += answered.usage.promptTokens + answered.usage.completionTokens;
    if (this.#canAdapt(answered.error, tooLong, wasTold) && !this.signal.aborted) {
      return this.ask(strategy, branch, asking, widen);
    }
    return answered;
  }

  /** Draws from a failure what to do differently. @returns whether the same request is another one now */
  #canAdapt(error: ModelError | undefined, tooLong: number, wasTold: boolean): boolean {
    if (error === undefined) {
      return false;
    }
    if (error.code === 'context') {
      this.#tooLong = Math.max(this.#tooLong, tooLong + 1);
      return tooLong < SHORTER.length;
    }
    const { chat, raw } = this.model.capabilities;
    const hasNoChat = chat.value === 'no' && raw.value !== 'no';
    this.#isTold &&= !hasNoChat;
    return wasTold && hasNoChat;
  }

  async #once(
    strategy: RewriteStrategy,
    branch: number,
    asking: Pick<Asking, 'n' | 'reason'>,
    widen: number,
  ): Promise<Answered> {
    if (this.signal.aborted) {
      return nothing({ finish: 'cancelled' });
    }
    try {
      const said = this.say(strategy, asking);
      const end = said.kind === 'text' ? transcriptEnd(this.parts.strategies) : undefined;
      const options = this.#options(branch, asking.n * widen);
      return await ask(this.model, said, options, end, this.signal);
    } catch (error) {
      return nothing({ finish: 'stop', error: toModelError(error) });
    }
  }

  #options(branch: number, times: number): Options {
    const { temperature = 1, alternatives = 0, seed } = this.parts;
    const length = estimateTokens(this.request.source);
    const spare = this.#isTold && this.#tooLong === 0 ? THOUGHTS : SPARE;
    return {
      n: 1,
      maxTokens: Math.ceil(spare + times * LONGER * length),
      temperature,
      topP: 1,
      minP: 0,
      alternatives,
      ...(seed === undefined ? {} : { seed: seed + branch }),
    };
  }

  /** What is worth knowing of a text that is shown. */
  async labels(text: string): Promise<readonly Label[]> {
    const { source } = this.request;
    const lost = lostThings(source, text);
    try {
      this.#sourceFlags ??= this.#countFlags(source);
      const [before, after] = await Promise.all([this.#sourceFlags, this.#countFlags(text)]);
      return [...lost, ...worseFlags(before, after)];
    } catch (error) {
      if (this.signal.aborted) {
        // Called off while it was checked: the text is there all the same.
        return lost;
      }
      throw error;
    }
  }

  /** How many findings each text has. */
  async flagCounts(texts: readonly string[]): Promise<number[]> {
    const found = await Promise.all(texts.map((text) => this.parts.flagsOf(text, this.signal)));
    return found.map(({ length }) => length);
  }

  async #countFlags(text: string): Promise<ReadonlyMap<string, number>> {
    return countFlags(await this.parts.flagsOf(text, this.signal));
  }
}

function nothing(how: Pick<Answered, 'finish' | 'error'>): Answered {
  return { text: '', tokens: [], usage: { promptTokens: 0, completionTokens: 0 }, ...how };
}
