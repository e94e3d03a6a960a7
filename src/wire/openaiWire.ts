import OpenAI, { type APIPromise } from 'openai';
import { endpointAddress } from '../core/model/openai/address';
import type { Endpoint } from '../core/model/openai/endpoint';
import {
  WireError,
  type Api,
  type RequestBody,
  type RequestDetails,
  type Wire,
} from '../core/model/openai/wire';
import { eventsOf, wholeAnswer } from './eventStream';
import { wireFailure } from './failures';
import { guardedFetch } from './guardedFetch';
import type { WirePlatform } from './platform';
import { redactor } from './redact';
import { WatchedRequest, type RequestRecord, type RequestWatch } from './requestWatch';

/** Where the APIs are, in relation to the base URL. */
const PATHS: Readonly<Record<Api, string>> = {
  chat: 'chat/completions',
  completions: 'completions',
  responses: 'responses',
  generate: '../api/generate',
};

/** The package gives up on its own after this many milliseconds; ours are the bounds that count. */
const NEVER = 2 ** 31 - 1;
const UNWATCHED: RequestWatch = { wantsText: () => false, done: () => undefined };

/** The network, by the `openai` package. */
export class OpenAiWire implements Wire {
  /** For answers that come piece by piece, and for those that come whole. */
  readonly #streaming: OpenAI;
  readonly #whole: OpenAI;
  /** Where the API begins, with a slash at its end. */
  readonly #base: string;
  readonly #redact: <T>(value: T) => T;

  /** @throws VariorumError `bad-request` when the base URL is not one */
  constructor(
    endpoint: Pick<Endpoint, 'baseUrl' | 'key'>,
    private readonly platform: WirePlatform,
  ) {
    const whole = (response: Response) => wholeAnswer(response, platform);
    this.#streaming = makeClient(endpoint, platform, (response) =>
      response.ok ? response : whole(response),
    );
    this.#whole = makeClient(endpoint, platform, whole);
    this.#base = `${endpointAddress(endpoint.baseUrl).base}/`;
    this.#redact = redactor(endpoint.key);
  }

  async *stream(
    api: Api,
    body: RequestBody,
    signal: AbortSignal,
    { path = PATHS[api], onHeaders }: RequestDetails = {},
  ): AsyncGenerator<unknown, void, undefined> {
    const watched = this.#watch('POST', path, body);
    try {
      const response = await this.#streaming.post(`/${path}`, { body, signal }).asResponse();
      watched.answered(response.status);
      onHeaders?.(Object.fromEntries(response.headers));
      for await (const event of eventsOf(response, this.platform)) {
        watched.event(event);
        yield event;
      }
      watched.over('done');
    } catch (error) {
      if (!signal.aborted) {
        throw this.#failed(error, watched);
      }
    } finally {
      // Nothing else has ended it: nobody reads on.
      watched.over('stopped');
    }
  }

  async complete(api: Api, body: RequestBody, signal: AbortSignal): Promise<unknown> {
    const path = PATHS[api];
    return this.#wholly('POST', path, body, () => this.#whole.post(`/${path}`, { body, signal }));
  }

  async read(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#wholly('GET', path, undefined, () => this.#whole.get(`/${path}`, { signal }));
  }

  async models(signal: AbortSignal): Promise<unknown> {
    return this.read('models', signal);
  }

  async #wholly(
    method: RequestRecord['method'],
    path: string,
    body: unknown,
    ask: () => APIPromise<unknown>,
  ): Promise<unknown> {
    const watched = this.#watch(method, path, body);
    try {
      const { data, response } = await ask().withResponse();
      watched.answered(response.status);
      watched.event(data);
      watched.over('done');
      return data;
    } catch (error) {
      throw this.#failed(error, watched);
    }
  }

  #watch(method: RequestRecord['method'], path: string, sent: unknown): WatchedRequest {
    const { origin, pathname } = new URL(path, this.#base);
    const { watch = UNWATCHED, clock } = this.platform;
    const about = { method, origin, path: pathname, sent };
    return new WatchedRequest(about, watch, clock, this.#redact);
  }

  /** What was thrown, as a failure that does not hold the key whatever the server has said. */
  #failed(error: unknown, watched: WatchedRequest): WireError {
    const failed = new WireError(this.#redact(wireFailure(error)));
    watched.over('error', failed);
    return failed;
  }
}

function makeClient(
  { baseUrl, key }: Pick<Endpoint, 'baseUrl' | 'key'>,
  platform: WirePlatform,
  read: (response: Response) => Response | Promise<Response>,
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
