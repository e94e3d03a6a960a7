import type { ServerKindId } from '../../discovery/serverKinds';
import type { Capability, SamplerName } from '../../languageModel';
import type { Api } from '../api';
import type { JsonRecord } from '../json';
import type { DialectId } from './ids';

/** Under what name a server takes each sampler; what is absent it does not take. */
export type SamplerFields = Readonly<Partial<Record<SamplerName, string>>>;

/**
 * How probabilities are asked for: `flag` by `logprobs: true` with `top_logprobs` · `count` by a number in
 * `logprobs` · `include` as the Responses API does · `none` not at all.
 */
export type LogprobForm = 'flag' | 'count' | 'include' | 'none';

/** One API of a server. */
export interface ApiFacts {
  /** Where it is, in relation to the base URL with a slash at its end. */
  path: string;
  /** What it calls the bound on tokens; absent where the answers teach it. */
  tokens?: string;
  samplers: SamplerFields;
  /** `max`: alternatives that it gives at most, as far as is known. */
  logprobs: { form: LogprobForm; max: number };
  /** By what a token is named in `logit_bias`. */
  logitBias: 'id' | 'text' | 'none';
  /** Other parameters that it knows nothing of, and that are left out. */
  without?: readonly string[];
  /** Other parameters of its own that may go out. */
  own?: readonly string[];
}

/** How a message that has begun is handed over. */
export interface PrefillFacts extends Capability {
  /** Parameters that go with it. */
  body?: JsonRecord;
  /** Fields of the message itself. */
  message?: JsonRecord;
  /** Where such a request goes, where that is another place than that of the chat API. */
  path?: string;
}

/** By what an answer gives its server away. A host's name is never among it. */
export interface Signs {
  /** The kind whose answers to `owned_by` and to addresses of its own are known (`serverKinds.ts`). */
  kind?: ServerKindId;
  /** Headers that only it sends, their names in lower case, and what stands in them. */
  headers?: Readonly<Record<string, RegExp>>;
  /** Whether an event, or a whole answer, can only be its own. */
  answer?: (event: JsonRecord) => boolean;
}

/** What is particular about a kind of server. Answers of one server overrule it: see `Learned`. */
export interface Dialect {
  readonly id: DialectId;
  /** As people call the server. */
  readonly name: string;
  /** Where this is known from: requests and answers recorded, the server's documents, or nothing. */
  readonly basis: 'recorded' | 'documented' | 'none';
  readonly signs: Signs;
  /** What it takes depends on who serves the model. */
  readonly variesByModel?: true;
  readonly apis: Readonly<Partial<Record<Api, ApiFacts>>>;
  /** The API that goes on with text as it stands; absent where there is none. */
  readonly raw?: Api;
  /** The APIs that take messages, best first. */
  readonly talk: readonly Api[];
  /** Continuations that one request gives at most; Infinity where the answers teach it. */
  readonly nMax: number;
  readonly prefill: PrefillFacts;
  /** Where it tells the probabilities of what it has just written, when they do not come in the stream. */
  readonly lateLogprobs?: string;
}
