import type { CapabilityRecord } from '../capability/capabilityRecord';
import type { LogprobDetail } from '../capability/flags';
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

/**
 * What a server's answers have taught about one of its models; later requests are made accordingly. All of
 * it that says what the model can do stands in one record, which an examination fills beforehand. What the
 * record does not say is taken from what is known of servers of its kind.
 */
export class Learned {
  #contextLength = Infinity;
  #dialect: Dialect;
  #isSettled: boolean;

  /** @param dialect as it was set; found out from the answers when absent */
  constructor(
    readonly record: CapabilityRecord,
    dialect?: Dialect,
  ) {
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
    const { value, evidence } = this.#dialect.prefill;
    return this.record.known('prefill', 'chat') ?? { value, evidence };
  }

  set prefill(capability: Capability) {
    this.record.note('prefill', 'chat', capability);
  }

  get infill(): Capability {
    const { name, raw = 'completions' } = this.#dialect;
    const isDeaf = this.facts(raw).without?.includes('suffix') === true;
    const evidence = `${name} makes nothing of the text after the place.`;
    return (
      this.record.known('infill', 'completions') ?? (isDeaf ? { value: 'no', evidence } : NOT_TRIED)
    );
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
    const usual = this.#dialect.apis[api] ? NOT_TRIED : this.#lacks(api);
    return this.record.known('answers', api) ?? usual;
  }

  #lacks(api: Api): Capability {
    return { value: 'no', evidence: `${this.#dialect.name} has no API for ${api} to be asked by.` };
  }

  setApi(api: Api, capability: Capability): void {
    this.record.note('answers', api, capability);
  }

  /** Whether text goes in as it stands: an API for it is there and puts no template around it. */
  get rawText(): Capability {
    const { raw } = this.#dialect;
    if (raw === undefined) {
      return this.#lacks('completions');
    }
    const answers = this.api(raw);
    const asked = this.record.get('rawText', raw);
    return answers.value === 'no' || asked.value === 'unknown' ? answers : asked;
  }

  logprobs(api: Api): Capability {
    const never = this.facts(api).logprobs.form === 'none';
    const evidence = `${this.#dialect.name} gives none by its API for ${api}.`;
    return this.record.known('logprobs', api) ?? (never ? { value: 'no', evidence } : NOT_TRIED);
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
    return Math.min(isBound ? maxTop : Infinity, this.facts(api).logprobs.max);
  }

  limitTop(api: Api, max: number): void {
    const maxTop = Math.min(this.maxTop(api), max);
    this.record.note('logprobs', api, this.logprobs(api), { maxTop, isBound: true });
  }

  /** Continuations that the server writes for one request at most. */
  get nMax(): number {
    const found = this.record.find('several');
    const seen = found?.detail.max ?? (found?.value === 'no' ? 1 : Infinity);
    return Math.min(seen, this.#dialect.nMax);
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

  /** How the server's chat API calls the bound on tokens. */
  get tokensField(): string {
    const { tokensField } = this.record;
    return tokensField === 'max_tokens' ? (this.facts('chat').tokens ?? tokensField) : tokensField;
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

  /** Why it goes without a parameter; undefined where it does not. */
  refusal(parameter: string): string | undefined {
    const found = this.record.parameter(parameter);
    return found?.value === 'no' ? found.evidence : undefined;
  }

  refuses(parameter: string): boolean {
    return this.refusal(parameter) !== undefined;
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
