import type { Capability } from '../languageModel';
import type { Run } from '../token';

/** The API that something was found by; `server` where it is the same for all of them. */
export const SCOPES = ['server', 'chat', 'completions', 'responses', 'generate'] as const;
export type Scope = (typeof SCOPES)[number];

/** What is known of the probabilities that an API gives. */
export interface LogprobDetail {
  /** Alternatives for one token: as many as came at most, or as the server gives. */
  maxTop?: number;
  /** Whether `maxTop` is the server's bound; else more may be had. */
  isBound?: boolean;
  /** `content`: a list of entries, as chat has it · `legacy`: arrays side by side. */
  shape?: 'content' | 'legacy' | 'both';
  /** Whether the emitted token was among its alternatives each time. */
  chosenListed?: boolean;
  bytes?: Run['bytes'];
  /** Whether tokens come with their ids in the vocabulary. */
  ids?: boolean;
  semantics?: Run['semantics'];
  /** How it is known what the numbers mean. */
  meaning?: string;
  /** Whether they come in a stream, too. */
  streamed?: boolean;
}

/** What can be known of a model besides yes and no, by flag. */
export interface FlagDetails {
  /** The API is there and answers for this model. */
  answers: object;
  /** Answers come piece by piece. */
  stream: object;
  /** Several continuations for one request; `max` once a bound is known. */
  several: { max?: number };
  logprobs: LogprobDetail;
  /** The probabilities of text that is there. */
  score: { how?: 'echo' | 'prompt_logprobs' };
  /** Text goes in as it stands, with no chat template around it. */
  rawText: object;
  /** It goes on with raw text as prose, and does not answer it. */
  base: object;
  /** A prompt may hold token ids. */
  tokenPrompt: object;
  /** It goes on with a message that was begun for it; `repeats` when the reply says that again. */
  prefill: { repeats?: boolean };
  infill: object;
  logitBias: { by?: 'id' | 'text' };
  seed: object;
  /** Parameters that it does not know are refused; `no`: dropped in silence. */
  strict: object;
  /** It answers only who has a key. */
  key: object;
  /** It lists its models. */
  list: object;
}

export type FlagName = keyof FlagDetails;

/** Whether something can be done, how that is known and since when. */
export interface Finding<F extends FlagName = FlagName> extends Capability {
  /** Milliseconds since the epoch. */
  time: number;
  /** `examined`: asked for on purpose · `observed`: seen while it was used. */
  source: 'examined' | 'observed';
  /** It was yes until then. */
  fell?: boolean;
  detail: FlagDetails[F];
}
