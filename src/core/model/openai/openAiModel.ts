import type { Clock } from '../../platform';
import type {
  Capabilities,
  Chunk,
  LanguageModel,
  Options,
  Passage,
  Prompt,
  Said,
  ScoreOptions,
} from '../languageModel';
import { checkOptions } from '../options';
import { costOf, type Price } from '../price';
import type { Run } from '../token';
import { CapabilityRecord } from '../capability/capabilityRecord';
import type { StoredRecord } from '../capability/storedRecord';
import { endpointAddress, type EndpointAddress } from './address';
import { PROMPT_FIELDS, requestBody } from './body';
import { describeCapabilities } from './capabilities';
import { ChunkQueue } from './chunkQueue';
import { compose, type Ask } from './compose';
import { dialectById } from './dialects';
import type { Endpoint } from './endpoint';
import { Learned } from './learned';
import type { Respondent } from './modelError';
import type { OriginGate } from './originGate';
import { Session } from './session';
import { TextScorer } from './textScorer';
import type { Wire } from './wire';

/** OpenAI's own host goes without saying in a label. */
const OPENAI_HOST = 'api.openai.com';

export interface OpenAiModelParts {
  wire: Wire;
  clock: Clock;
  /** What is known of the model already. */
  stored?: StoredRecord;
  /** Told whenever its answers have shown something new. */
  onLearnt?: (record: StoredRecord) => void;
  /** Through which every request to the model's origin goes. */
  gate: OriginGate;
}

/**
 * A model of OpenAI or of any server that speaks its protocol, by the chat or the completions API.
 *
 * Servers differ, and their names say little: what one cannot do is learnt from its answers, kept for
 * later requests, and told in `capabilities`. A request is made again by itself in four cases only: the
 * server refused a parameter (then without it), or its length (then with less of the passage, which
 * `prompt` tells), it wrote fewer branches than asked (then for the others), or it had too much to do or
 * broke the connection before anything came (then after a while: as long as it asks, if that is short).
 *
 * `minP` goes out only when it is above 0, since most servers refuse or ignore it; what else a server
 * does to its samples where nothing is asked of it is its own affair.
 */
export class OpenAiModel implements LanguageModel {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly #address: EndpointAddress;
  readonly #learned: Learned;
  readonly #scorer: TextScorer;

  /** @throws VariorumError `bad-request` when the base URL is not one */
  constructor(
    private readonly endpoint: Endpoint,
    private readonly parts: OpenAiModelParts,
  ) {
    const { model, label } = endpoint;
    const address = endpointAddress(endpoint.baseUrl);
    this.#address = address;
    this.id = `${address.base}#${model}`;
    this.label = label ?? (address.host === OPENAI_HOST ? model : `${model} (${address.host})`);
    this.note = `${model} at ${address.origin}: the passage is sent there, and nowhere else.`;
    const { clock, stored, onLearnt } = parts;
    const record: CapabilityRecord = new CapabilityRecord({
      now: () => clock.now(),
      ...(stored ? { stored } : {}),
      onNoted: () => onLearnt?.(record.toJSON()),
    });
    this.#learned = new Learned(record, dialectById(endpoint.dialect ?? 'auto'));
    this.#scorer = new TextScorer(endpoint, parts.wire, this.#learned, this.#who());
  }

  get price(): Price | undefined {
    return this.endpoint.price;
  }

  get capabilities(): Capabilities {
    return describeCapabilities(this.endpoint, this.#learned, this.#scorer.capability);
  }

  /** What the next request would be, by what is known of the server so far. */
  prompt(passage: Passage, options: Options): Prompt {
    const ask = { kind: 'continue', passage } as const;
    const { plan, parts, cut } = compose(this.endpoint, this.#learned, ask, options);
    const n = Math.min(options.n, this.#learned.nMax);
    const asked = { model: this.endpoint.model, plan, parts, options, n, seed: options.seed };
    const body = Object.entries(requestBody(asked, this.#learned));
    const parameters = Object.fromEntries(body.filter(([name]) => !PROMPT_FIELDS.has(name)));
    return { strategy: plan.strategy, parts, parameters, ...(cut ? { cut } : {}) };
  }

  /**
   * Streams the branches side by side; a failure ends those it concerns as `error` chunks.
   * @throws VariorumError `bad-request` when an option is out of range
   */
  continue(
    passage: Passage,
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, void, undefined> {
    return this.#stream({ kind: 'continue', passage }, options, signal);
  }

  /**
   * Messages go to the chat API, raw text to the completions API. Otherwise as `continue`; thinking aloud is left
   * out here, too.
   */
  answer(
    said: Said,
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, void, undefined> {
    return this.#stream({ kind: 'answer', said }, options, signal);
  }

  async *#stream(
    ask: Ask,
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<Chunk, void, undefined> {
    checkOptions(options);
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) {
      abort();
    }
    const queue = new ChunkQueue();
    const open = new Set(Array.from({ length: options.n }, (_, branch) => branch));
    try {
      this.#start(ask, options, stop.signal, queue);
      for await (const chunk of queue.drain(stop.signal)) {
        if (chunk.kind !== 'delta') {
          open.delete(chunk.branch);
        }
        yield this.#priced(chunk);
      }
      for (const branch of signal.aborted ? open : []) {
        yield { branch, kind: 'end', finish: 'cancelled' };
      }
    } finally {
      signal.removeEventListener('abort', abort);
      abort();
    }
  }

  /** Scores text by the completions API, in windows where it is long. */
  async *score(
    text: string,
    signal: AbortSignal,
    { span = { start: 0, end: text.length }, alternatives = 5 }: ScoreOptions = {},
  ): AsyncGenerator<Run, void, undefined> {
    yield* this.#scorer.score(text, span, alternatives, signal);
  }

  /** What a branch cost by the price of its tokens, where the server counts them and names no cost. */
  #priced(chunk: Chunk): Chunk {
    const { price } = this.endpoint;
    if (chunk.kind !== 'end' || !chunk.usage || chunk.usage.cost !== undefined || !price) {
      return chunk;
    }
    return { ...chunk, usage: { ...chunk.usage, cost: costOf(price, chunk.usage) } };
  }

  #start(ask: Ask, options: Options, signal: AbortSignal, queue: ChunkQueue): void {
    const { endpoint, parts } = this;
    const job = { endpoint, ask, options, signal, queue, learned: this.#learned };
    const session = new Session(job, parts.wire, parts.clock, parts.gate, this.#who());
    void session.run().finally(() => queue.close());
  }

  #who(): Respondent {
    const { key, model } = this.endpoint;
    return { origin: this.#address.origin, model, hasKey: key !== undefined && key !== '' };
  }
}
