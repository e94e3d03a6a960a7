import type { CapabilityRecord } from '../capability/capabilityRecord';
import type { LogprobDetail } from '../capability/flags';
import type { Capability } from '../languageModel';
import type { Api } from './wire';

/** Tokens are estimated: what is left of a bound that was kept to in vain. */
const STILL_TOO_LONG = 0.8;

/**
 * What a server's answers have taught about one of its models; later requests are made accordingly. All of
 * it that says what the model can do stands in one record, which an examination fills beforehand.
 */
export class Learned {
  #contextLength = Infinity;

  constructor(readonly record: CapabilityRecord) {}

  get prefill(): Capability {
    return this.record.get('prefill', 'chat');
  }

  set prefill(capability: Capability) {
    this.record.note('prefill', 'chat', capability);
  }

  get infill(): Capability {
    return this.record.get('infill', 'completions');
  }

  set infill(capability: Capability) {
    this.record.note('infill', 'completions', capability);
  }

  get seed(): Capability {
    return this.record.get('seed');
  }

  set seed(capability: Capability) {
    this.record.note('seed', 'server', capability);
  }

  api(api: Api): Capability {
    return this.record.get('answers', api);
  }

  setApi(api: Api, capability: Capability): void {
    this.record.note('answers', api, capability);
  }

  /** Whether text goes in as it stands: the completions API is there and puts no template around it. */
  get rawText(): Capability {
    const answers = this.api('completions');
    const asked = this.record.get('rawText', 'completions');
    return answers.value === 'no' || asked.value === 'unknown' ? answers : asked;
  }

  logprobs(api: Api): Capability {
    return this.record.get('logprobs', api);
  }

  /** What is known of the probabilities of an API besides that it gives them. */
  logprobDetail(api: Api): LogprobDetail {
    return this.record.find('logprobs', api)?.detail ?? {};
  }

  setLogprobs(api: Api, capability: Capability): void {
    this.record.note('logprobs', api, capability);
  }

  /** Alternatives that the server gives at most; Infinity while no bound is known. */
  maxTop(api: Api): number {
    const { maxTop = Infinity, isBound = false } = this.logprobDetail(api);
    return isBound ? maxTop : Infinity;
  }

  limitTop(api: Api, max: number): void {
    const maxTop = Math.min(this.maxTop(api), max);
    this.record.note('logprobs', api, this.logprobs(api), { maxTop, isBound: true });
  }

  /** Continuations that the server writes for one request at most. */
  get nMax(): number {
    const found = this.record.find('several');
    return found?.detail.max ?? (found?.value === 'no' ? 1 : Infinity);
  }

  limitN(max: number): void {
    const most = Math.max(1, Math.min(this.nMax, max));
    const value = most === 1 ? 'no' : 'yes';
    const evidence = `It wrote ${most} for one request and no more.`;
    this.record.note('several', 'server', { value, evidence }, { max: most });
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
    return this.record.tokensField;
  }

  /** The other name was refused. */
  renameTokensField(): void {
    this.record.tokensField = 'max_completion_tokens';
  }

  /** Whether the chat API wants a number for `logprobs`, as the other one does. */
  get countsLogprobs(): boolean {
    return this.record.countsLogprobs;
  }

  countLogprobs(): void {
    this.record.countsLogprobs = true;
  }

  /** Whether a prompt may end in token ids; false once one was refused. */
  get takesIds(): boolean {
    return this.record.get('tokenPrompt', 'completions').value !== 'no';
  }

  refuseIds(evidence: string): void {
    this.record.note('tokenPrompt', 'completions', { value: 'no', evidence });
  }

  refuses(parameter: string): boolean {
    return this.record.parameter(parameter)?.value === 'no';
  }

  /** The server wants requests without this parameter. */
  refuse(parameter: string, evidence: string): void {
    const no: Capability = { value: 'no', evidence };
    this.record.noteParameter(parameter, no);
    if (parameter === 'seed') {
      this.seed = no;
    } else if (parameter === 'suffix') {
      this.infill = no;
    }
  }
}
