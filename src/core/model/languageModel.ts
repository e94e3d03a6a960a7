import type { ModelError } from './error';
import type { Price } from './price';
import type { Span } from '../text/span';
import type { Alternative, Run, Token } from './token';

/** Whether a model can do something, and how we know. */
export interface Capability {
  value: 'yes' | 'no' | 'unknown';
  evidence: string;
  /** When that was found, in milliseconds since the epoch; absent where it always was so. */
  time?: number;
  /** It could until then: an answer has shown the contrary of what was known. */
  fell?: boolean;
}

/** What a model can do. The UI asks these, never the model's name. */
export interface Capabilities {
  /** Gives the probability of what it emits. */
  logprobs: Capability & Pick<Run, 'semantics'>;
  /** Gives alternatives for each token, and how many at most. */
  alternatives: Capability & { max: number };
  /** Scores text that it did not write. */
  score: Capability;
  /** Takes raw text with no chat template around it. */
  raw: Capability;
  /** Answers what it is told in messages. */
  chat: Capability;
  /** Goes on with an assistant's message that has begun. */
  prefill: Capability;
  /** Reads the text after the place, too. */
  infill: Capability;
  /** The same seed gives the same text. */
  seed: Capability;
  embed: Capability;
  /** The samplers that it takes; those absent it does not, and none where this is. */
  samplers?: Readonly<Partial<Record<SamplerName, Capability>>>;
  /** Keeps to `Options.ban`: by the ids of tokens, or by their text. Absent where it does not. */
  ban?: Capability & { by: 'id' | 'text' };
}

/** What shapes a draw besides temperature and top-p, by the names of the options. */
export type SamplerName = (typeof SAMPLER_NAMES)[number];

export const SAMPLER_NAMES = [
  'minP',
  'topK',
  'xtcProbability',
  'xtcThreshold',
  'dryMultiplier',
  'dryBase',
  'dryAllowedLength',
  'repetitionPenalty',
  'frequencyPenalty',
  'presencePenalty',
] as const satisfies readonly (keyof Options)[];

/** The text handed to the model: line ends are LF. */
export interface Passage {
  /** The text before the place to continue, nearest last; already cut to the budget. */
  before: string;
  /** The text after that place; empty at the end of a draft. */
  after: string;
  /** What the writer asks for in words, if anything. */
  instruction?: string;
  /** The writer's notes on the project: who, where, voice. */
  notes?: string;
  /** Beginnings of continuations that are there already: another one is asked for. */
  taken?: readonly string[];
  /** The end of the file before this one, where the draft has only begun. */
  earlier?: string;
  /**
   * The tokens of its own that `before` ends with, the last one last: what is asked for follows them exactly. A
   * model that goes on with raw text or with a message that has begun gets all their text, spaces at its end
   * too, and takes none of it for the beginning of a longer token; one that takes ids gets these instead, as
   * far back as all are known. To others they are text.
   */
  emitted?: readonly EmittedToken[];
}

/** A token that a model emitted. */
export interface EmittedToken {
  text: string;
  /** Its id in the model's vocabulary; absent unless it is known to be that of all the text. */
  id?: number;
}

/** How far a branch goes: it ends after the first whole one. */
export type Reach = 'sentence' | 'paragraph' | 'scene';

/** How prose is handed to a model, best first. */
export type Strategy = 'raw' | 'infill' | 'prefill' | 'few-shot' | 'instruction';

/** One piece of what is sent; `text` and `suffix` go without a template. */
export interface PromptPart {
  role: 'text' | 'suffix' | 'system' | 'user' | 'assistant';
  text: string;
  /** The tokens that the text ends with, where it is to be sent as such. */
  emitted?: { text: string; ids: readonly number[] };
}

/** What a model is sent, to be shown. */
export interface Prompt {
  strategy: Strategy;
  parts: readonly PromptPart[];
  /** The other parameters of the request, as they go out; keys never. */
  parameters: Readonly<Record<string, unknown>>;
  /** What was left out of the passage; absent when all of it goes. */
  cut?: PassageCut;
}

/** What was left out of a passage, in UTF-16 code units. */
export interface PassageCut {
  earlier: number;
  before: number;
  after: number;
  /** Tokens that the model takes at once, where that is why; absent where the writer's own budget is. */
  limit?: number;
}

/** What a model is told as it stands: messages, the last one a user's, or raw text that it goes on with. */
export type Said =
  { kind: 'messages'; messages: readonly Message[] } | { kind: 'text'; text: string };

export interface Message {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

/** How to continue. Numbers out of range are refused with a `bad-request` error. */
export interface Options {
  /** Branches, 1 to 64. */
  n: number;
  /** Tokens a branch, ≥ 1. */
  maxTokens: number;
  /** ≥ 0; 0 takes the most probable token each time. */
  temperature: number;
  /** 0 < topP ≤ 1: the smallest set of tokens with at least this mass is kept. */
  topP: number;
  /** 0 ≤ minP < 1: tokens under this share of the best one's probability are dropped. */
  minP: number;
  /** Whole number ≥ 0: only so many of the best tokens are kept; 0 or absent keeps all. */
  topK?: number;
  /** 0 to 1: how often the likeliest tokens are excluded at a place where several are above `xtcThreshold`; absent: never. */
  xtcProbability?: number;
  /** 0 < xtcThreshold ≤ 1: of the tokens at least this probable all but the least probable one go; above .5 it does nothing. */
  xtcThreshold?: number;
  /** ≥ 0: strength of the penalty on going on with a repetition: multiplier · base^(length − allowed); 0 or absent: none. */
  dryMultiplier?: number;
  /** ≥ 1, see `dryMultiplier`. */
  dryBase?: number;
  /** Tokens that may repeat before that penalty sets in, ≥ 1. */
  dryAllowedLength?: number;
  /** > 0: tokens that have occurred have their logits divided by it; 1 or absent changes nothing. */
  repetitionPenalty?: number;
  /** −2 to 2: taken from a token's logit for each time that it has occurred; 0 or absent: nothing. */
  frequencyPenalty?: number;
  /** −2 to 2: taken from a token's logit once it has occurred; 0 or absent: nothing. */
  presencePenalty?: number;
  /** Whole number; branch i uses its own stream derived from (seed, i). Absent: chosen at random. */
  seed?: number;
  /** Alternatives wanted for each token, ≥ 0. */
  alternatives: number;
  /** Tokens that must not be written; kept to only where `capabilities.ban` is yes. */
  ban?: readonly Pick<Alternative, 'text' | 'id'>[];
  /** How far a branch goes; as far as `maxTokens` when absent. */
  reach?: Reach;
  /** Tokens of the passage that are sent at most, an estimate, ≥ 100; as many as the model takes when absent. */
  context?: number;
}

export interface Usage {
  promptTokens: number;
  completionTokens: number;
  /** In US dollars: as the server tells it, else by the price of its tokens, where that is known. */
  cost?: number;
}

/** One piece of a stream of n branches; pieces of different branches interleave. */
export type Chunk = { branch: number } & (
  | { kind: 'delta'; text: string; tokens?: readonly Token[] }
  | { kind: 'end'; finish: Finish; usage?: Usage }
  | { kind: 'error'; error: ModelError }
);

/** Why a branch ended. */
export type Finish = 'stop' | 'length' | 'cancelled' | 'filtered';

/** What of a text is to be scored. */
export interface ScoreOptions {
  /** The whole text when absent. */
  span?: Span;
  /** Alternatives wanted for each token, ≥ 0; five when absent. */
  alternatives?: number;
}

/** Anything that continues prose. Streams end early, without throwing, when `signal` aborts. */
export interface LanguageModel {
  readonly id: string;
  /** The name shown to people. */
  readonly label: string;
  /** One honest sentence about what it is. */
  readonly note: string;
  readonly capabilities: Capabilities;
  /** What its tokens cost, where that is known. */
  readonly price?: Price | undefined;
  /** Exactly what `continue` would send. */
  prompt(passage: Passage, options: Options): Prompt;
  /**
   * Streams `options.n` branches. Every branch gets exactly one `end` or `error`, unless the whole
   * request fails before the first chunk, which rejects with a `VariorumError`.
   */
  continue(passage: Passage, options: Options, signal: AbortSignal): AsyncIterable<Chunk>;
  /**
   * Streams `options.n` answers to what it is told, nothing added to it and nothing cleaned from them;
   * otherwise as `continue`. Absent where a model cannot be told anything.
   */
  answer?(said: Said, options: Options, signal: AbortSignal): AsyncIterable<Chunk>;
  /**
   * Scores existing text, as if it had written it: runs in order, whose tokens touch and together cover
   * the span; the first and the last may reach beyond it. Each is given what stands before it, as much
   * as the model takes; one before which nothing stands is missing as `first`. Ends early when aborted.
   * @throws VariorumError with code `unsupported` when it cannot, which `capabilities.score` then says too
   */
  score?(text: string, signal: AbortSignal, options?: ScoreOptions): AsyncIterable<Run>;
  embed?(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
}
