import OpenAI from 'openai';
import { endpointAddress } from '../core/model/openai/address';
import type { Endpoint } from '../core/model/openai/endpoint';
import {
  WireError,
  type Api,
  type RequestBody,
  type RequestDetails,
  type Wire,
} from '../core/model/openai/wire';
import { asEventStream, wholeAnswer } from './eventStream';
import { wireFailure } from './failures';
import { guardedFetch } from './guardedFetch';
import type { WirePlatform } from './platform';

/** Where the APIs are, in relation to the base URL. */
const PATHS: Readonly<Record<Api, string>> = {
  chat: 'chat/completions',
  completions: 'completions',
  responses: 'responses',
  generate: '../api/generate',
};

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
    about: RequestDetails = {},
  ): AsyncGenerator<unknown, void, undefined> {
    try {
      for await (const value of await this.#open(api, body, signal, about)) {
        const problem = problemIn(value);
        if (problem !== undefined) {
          throw new WireError({ kind: 'in-stream', body: problem });
        }
        yield value;
      }
    } catch (error) {
      if (!signal.aborted) {
        throw new WireError(wireFailure(error));
      }
    }
  }

  async #open(
    api: Api,
    body: RequestBody,
    signal: AbortSignal,
    { path = PATHS[api], onHeaders }: RequestDetails,
  ): Promise<AsyncIterable<unknown>> {
    // The bodies are made by rules of our own: servers take parameters that the package does not know.
    const asked = this.#client.post<unknown>(`/${path}`, { body, signal, stream: true });
    const { data, response } = await asked.withResponse();
    onHeaders?.(Object.fromEntries(response.headers));
    return data as AsyncIterable<unknown>;
  }

  async complete(api: Api, body: RequestBody, signal: AbortSignal): Promise<unknown> {
    return this.#wholly(() => this.#whole.post(`/${PATHS[api]}`, { body, signal }));
  }

  async read(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#wholly(() => this.#whole.get(`/${path}`, { signal }));
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

/** Why a response of the Responses API failed, which it says in an event like any other. */
function problemIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) {
    return undefined;
  }
  if (value.type === 'error') {
    return value;
  }
  const failed = value.type === 'response.failed' && 'response' in value ? value.response : null;
  return typeof failed === 'object' && failed !== null && 'error' in failed
    ? failed.error
    : undefined;
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
