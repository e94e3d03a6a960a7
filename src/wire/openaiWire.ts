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

  /** @throws VariorumError `bad-request` when the base URL is not one */
  constructor({ baseUrl, key }: Pick<Endpoint, 'baseUrl' | 'key'>, platform: WirePlatform) {
    const guarded = guardedFetch(key, platform);
    this.#client = new OpenAI({
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
      fetch: async (input, init) => {
        const response = await guarded(input, init);
        const streams = response.ok && init?.method?.toUpperCase() === 'POST';
        return streams ? asEventStream(response, platform) : wholeAnswer(response, platform);
      },
    });
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

  async models(signal: AbortSignal): Promise<unknown> {
    try {
      return await this.#client.get('/models', { signal });
    } catch (error) {
      throw new WireError(wireFailure(error));
    }
  }
}
