import OpenAI from 'openai';
import { endpointAddress } from '../core/model/openai/address';
import type { Endpoint } from '../core/model/openai/endpoint';
import { WireError, type Api, type RequestBody, type Wire } from '../core/model/openai/wire';
import { asEventStream, wholeAnswer } from './eventStream';
import { wireFailure } from './failures';
import { guardedFetch } from './guardedFetch';
import type { WirePlatform } from './platform';

type ChatBody = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type CompletionBody = OpenAI.Completions.CompletionCreateParamsStreaming;

/** The package gives up on its own after this many milliseconds; ours are the bounds that count. */
const NEVER = 2 ** 31 - 1;

/** The network, by the `openai` package. */
export class OpenAiWire implements Wire {
  readonly #client: OpenAI;
  /** For answers that come whole. */
  readonly #whole: OpenAI;

  /** @throws VariorumError `bad-request` when the base URL is not one */
  constructor(endpoint: Pick<Endpoint, 'baseUrl' | 'key'>, platform: WirePlatform) {
    this.#client = makeClient(endpoint, platform, (response) =>
      response.ok ? asEventStream(response, platform) : wholeAnswer(response, platform),
    );
    this.#whole = makeClient(endpoint, platform, (response) => wholeAnswer(response, platform));
  }

  async *stream(
    api: Api,
    body: RequestBody,
    signal: AbortSignal,
  ): AsyncGenerator<unknown, void, undefined> {
    try {
      yield* await this.#open(api, body, signal);
    } catch (error) {
      if (!signal.aborted) {
        throw new WireError(wireFailure(error));
      }
    }
  }

  #open(api: Api, body: RequestBody, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    // The bodies are made by rules of our own: servers take parameters that the package does not know.
    return api === 'chat'
      ? this.#client.chat.completions.create(body as unknown as ChatBody, { signal })
      : this.#client.completions.create(body as unknown as CompletionBody, { signal });
  }

  async complete(api: Api, body: RequestBody, signal: AbortSignal): Promise<unknown> {
    const path = api === 'chat' ? '/chat/completions' : '/completions';
    return this.#wholly(() => this.#whole.post(path, { body, signal }));
  }

  async models(signal: AbortSignal): Promise<unknown> {
    return this.#wholly(() => this.#whole.get('/models', { signal }));
  }

  async #wholly(ask: () => Promise<unknown>): Promise<unknown> {
    try {
      return await ask();
    } catch (error) {
      throw new WireError(wireFailure(error));
    }
  }
}

function makeClient(
  { baseUrl, key }: Pick<Endpoint, 'baseUrl' | 'key'>,
  platform: WirePlatform,
  read: (response: Response) => Promise<Response>,
): OpenAI {
  const guarded = guardedFetch(key, platform);
  return new OpenAI({
    baseURL: endpointAddress(baseUrl).base,
    // Everything that the package would else take from the environment. The key itself is set by `guarded`.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: NEVER,
    // It runs in a worker, where the only scripts are the extension's own.
    dangerouslyAllowBrowser: true,
    fetch: async (input, init) => read(await guarded(input, init)),
  });
}
