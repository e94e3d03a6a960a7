import type { Clock } from '../../platform';
import { renderPrompt } from '../../prompt/renderPrompt';
import type {
  Capabilities,
  Chunk,
  LanguageModel,
  Options,
  Passage,
  Prompt,
} from '../languageModel';
import { checkOptions } from '../options';
import { endpointAddress, type EndpointAddress } from './address';
import { PROMPT_FIELDS, requestBody } from './body';
import { describeCapabilities } from './capabilities';
import { ChunkQueue } from './chunkQueue';
import type { Endpoint } from './endpoint';
import { Learned } from './learned';
import { choosePlan } from './plan';
import { sendable } from './sendable';
import { Session } from './session';
import type { Wire } from './wire';

/** OpenAI's own host goes without saying in a label. */
const OPENAI_HOST = 'api.openai.com';

export interface OpenAiModelParts {
  wire: Wire;
  clock: Clock;
}

/**
 * A model of OpenAI or of any server that speaks its protocol, by the chat or the completions API.
 *
 * Servers differ, and their names say little: what one cannot do is learnt from its answers, kept for
 * later requests, and told in `capabilities`. A request is made again by itself in three cases only: the
 * server refused a parameter (then without it), it wrote fewer branches than asked (then for the others),
 * or it answered 429 or 503 before anything came and asked for a short wait.
 *
 * `minP` goes out only when it is above 0, since most servers refuse or ignore it; what else a server
 * does to its samples where nothing is asked of it is its own affair.
 */
export class OpenAiModel implements LanguageModel {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly #address: EndpointAddress;
  readonly #learned = new Learned();

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
  }

  get capabilities(): Capabilities {
    return describeCapabilities(this.endpoint, this.#learned);
  }

  /** What the next request would be, by what is known of the server so far. */
  prompt(passage: Passage, options: Options): Prompt {
    const plan = choosePlan(this.endpoint, this.#learned, passage, options);
    const parts = renderPrompt(sendable(passage, this.#learned), plan.strategy, options);
    const n = Math.min(options.n, this.#learned.nMax);
    const asked = { model: this.endpoint.model, plan, parts, options, n, seed: options.seed };
    const body = Object.entries(requestBody(asked, this.#learned));
    const parameters = Object.fromEntries(body.filter(([name]) => !PROMPT_FIELDS.has(name)));
    return { strategy: plan.strategy, parts, parameters };
  }

  /**
   * Streams the branches side by side; a failure ends those it concerns as `error` chunks.
   * @throws VariorumError `bad-request` when an option is out of range
   */
  async *continue(
    passage: Passage,
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
      this.#start(passage, options, stop.signal, queue);
      for await (const chunk of queue.drain(stop.signal)) {
        if (chunk.kind !== 'delta') {
          open.delete(chunk.branch);
        }
        yield chunk;
      }
      for (const branch of signal.aborted ? open : []) {
        yield { branch, kind: 'end', finish: 'cancelled' };
      }
    } finally {
      signal.removeEventListener('abort', abort);
      abort();
    }
  }

  #start(passage: Passage, options: Options, signal: AbortSignal, queue: ChunkQueue): void {
    const { endpoint, parts } = this;
    const job = { endpoint, passage, options, signal, queue, learned: this.#learned };
    const session = new Session(job, parts.wire, parts.clock, {
      origin: this.#address.origin,
      model: endpoint.model,
      hasKey: endpoint.key !== undefined && endpoint.key !== '',
    });
    void session.run().finally(() => queue.close());
  }
}
