import type { Capability } from '../languageModel';
import type { Api } from './wire';

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
  #tokensField: 'max_tokens' | 'max_completion_tokens' = 'max_tokens';
  #countsLogprobs = false;
  #contextLength = Infinity;
  prefill: Capability = { value: 'unknown', evidence: 'Not tried yet.' };
  infill: Capability = { value: 'unknown', evidence: 'Not tried yet.' };
  seed: Capability = { value: 'unknown', evidence: 'Not tried yet.' };

  api(api: Api): Capability {
    return this.#apis[api] ?? { value: 'unknown', evidence: 'Not tried yet.' };
  }

  setApi(api: Api, capability: Capability): void {
    this.#apis[api] = capability;
  }

  logprobs(api: Api): Capability {
    return this.#logprobs[api] ?? { value: 'unknown', evidence: 'Not tried yet.' };
  }

  setLogprobs(api: Api, capability: Capability): void {
    this.#logprobs[api] = capability;
  }

  /** Alternatives that the server gives at most; Infinity while no bound is known. */
  maxTop(api: Api): number {
    return this.#maxTop[api] ?? Infinity;
  }

  limitTop(api: Api, max: number): void {
    this.#maxTop[api] = Math.min(this.maxTop(api), max);
  }

  /** Continuations that the server writes for one request at most. */
  get nMax(): number {
    return this.#nMax;
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

  /** How the server calls the bound on tokens. */
  get tokensField(): 'max_tokens' | 'max_completion_tokens' {
    return this.#tokensField;
  }

  /** The other name was refused. */
  renameTokensField(): void {
    this.#tokensField = 'max_completion_tokens';
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
