import type { Capability } from '../languageModel';
import { generic, type Dialect } from './dialects';
import type { ApiFacts } from './dialects/dialect';
import type { Api } from './wire';

const NOT_TRIED: Capability = { value: 'unknown', evidence: 'Not tried yet.' };
/** An API that no server of this kind has. */
const NOTHING: ApiFacts = {
  path: '',
  samplers: {},
  logprobs: { form: 'none', max: 0 },
  logitBias: 'none',
};
/** Tokens are estimated: what is left of a bound that was kept to in vain. */
const STILL_TOO_LONG = 0.8;
/** Stands for the ids in a prompt among the parameters; no parameter is called so. */
const PROMPT_IDS = 'prompt ids';

/** What a server's answers have taught about one of its models; later requests are made accordingly. */
export class Learned {
  readonly #apis: Partial<Record<Api, Capability>> = {};
  readonly #refused = new Map<string, string>();
  readonly #logprobs: Partial<Record<Api, Capability>> = {};
  readonly #maxTop: Partial<Record<Api, number>> = {};
  #nMax = Infinity;
  #isRenamed = false;
  #countsLogprobs = false;
  #contextLength = Infinity;
  #dialect: Dialect;
  #isSettled: boolean;
  #prefill: Capability | undefined;
  #infill: Capability | undefined;
  seed: Capability = NOT_TRIED;

  /** @param dialect as it was set; found out from the answers when absent */
  constructor(dialect?: Dialect) {
    this.#dialect = dialect ?? generic;
    this.#isSettled = dialect !== undefined;
  }

  /** What is known of servers of this kind; what this one's own answers have shown goes before it. */
  get dialect(): Dialect {
    return this.#dialect;
  }

  /** Takes what an answer has given away; what was set, or found out before, stands. */
  recognise(dialect: Dialect | undefined): void {
    if (dialect !== undefined && !this.#isSettled) {
      this.#dialect = dialect;
      this.#isSettled = true;
    }
  }

  /** An API as this kind of server has it, or as most have it. */
  facts(api: Api): ApiFacts {
    return this.#dialect.apis[api] ?? generic.apis[api] ?? NOTHING;
  }

  get prefill(): Capability {
    const { value, evidence } = this.#prefill ?? this.#dialect.prefill;
    return { value, evidence };
  }

  set prefill(capability: Capability) {
    this.#prefill = capability;
  }

  get infill(): Capability {
    const { name, raw = 'completions' } = this.#dialect;
    const isDeaf = this.facts(raw).without?.includes('suffix') === true;
    const evidence = `${name} makes nothing of the text after the place.`;
    return this.#infill ?? (isDeaf ? { value: 'no', evidence } : NOT_TRIED);
  }

  set infill(capability: Capability) {
    this.#infill = capability;
  }

  api(api: Api): Capability {
    return this.#apis[api] ?? (this.#dialect.apis[api] ? NOT_TRIED : this.#lacks(api));
  }

  #lacks(api: Api): Capability {
    return { value: 'no', evidence: `${this.#dialect.name} has no API for ${api} to be asked by.` };
  }

  setApi(api: Api, capability: Capability): void {
    this.#apis[api] = capability;
  }

  logprobs(api: Api): Capability {
    const never = this.facts(api).logprobs.form === 'none';
    const evidence = `${this.#dialect.name} gives none by its API for ${api}.`;
    return this.#logprobs[api] ?? (never ? { value: 'no', evidence } : NOT_TRIED);
  }

  setLogprobs(api: Api, capability: Capability): void {
    this.#logprobs[api] = capability;
  }

  /** Alternatives that the server gives at most; Infinity while no bound is known. */
  maxTop(api: Api): number {
    return Math.min(this.#maxTop[api] ?? Infinity, this.facts(api).logprobs.max);
  }

  limitTop(api: Api, max: number): void {
    this.#maxTop[api] = Math.min(this.maxTop(api), max);
  }

  /** Continuations that the server writes for one request at most. */
  get nMax(): number {
    return Math.min(this.#nMax, this.#dialect.nMax);
  }

  limitN(max: number): void {
    this.#nMax = Math.max(1, Math.min(this.#nMax, max));
  }

  /** Tokens that the model takes at once, the reply included; Infinity while it has refused none. */
  get contextLength(): number {
    return this.#contextLength;
  }

  /** A request was too long: by what the server says it takes, or, where that did not help, by a fifth less. */
  limitContext(takes: number): void {
    this.#contextLength =
      takes < this.#contextLength ? takes : this.#contextLength * STILL_TOO_LONG;
  }

  /** How the server's chat API calls the bound on tokens. */
  get tokensField(): string {
    return this.#isRenamed ? 'max_completion_tokens' : (this.facts('chat').tokens ?? 'max_tokens');
  }

  /** The other name was refused. */
  renameTokensField(): void {
    this.#isRenamed = true;
  }

  /** Whether the chat API wants a number for `logprobs`, as the other one does. */
  get countsLogprobs(): boolean {
    return this.#countsLogprobs;
  }

  countLogprobs(): void {
    this.#countsLogprobs = true;
  }

  /** Whether a prompt may end in token ids; false once one was refused. */
  get takesIds(): boolean {
    return !this.refuses(PROMPT_IDS);
  }

  refuseIds(evidence: string): void {
    this.refuse(PROMPT_IDS, evidence);
  }

  /** Why it goes without a parameter; undefined where it does not. */
  refusal(parameter: string): string | undefined {
    return this.#refused.get(parameter);
  }

  refuses(parameter: string): boolean {
    return this.#refused.has(parameter);
  }

  /** The server wants requests without this parameter. */
  refuse(parameter: string, evidence: string): void {
    this.#refused.set(parameter, evidence);
    const no: Capability = { value: 'no', evidence };
    if (parameter === 'seed') {
      this.seed = no;
    } else if (parameter === 'suffix') {
      this.infill = no;
    }
  }
}
