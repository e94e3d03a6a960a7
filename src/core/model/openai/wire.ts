import type { Api } from './api';

export type { Api } from './api';

/** What goes out, as JSON. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** What stands between the backend and the network. */
export interface Wire {
  /**
   * Sends a request with `stream: true` and yields the JSON of each event as it comes, unchecked. Ends
   * early, without throwing, when `signal` aborts; a stream that was cut ends like any other.
   * @throws WireError
   */
  stream(
    api: Api,
    body: RequestBody,
    signal: AbortSignal,
    about?: RequestDetails,
  ): AsyncIterable<unknown>;
  /**
   * Sends a request and gives the JSON of the whole answer, unchecked.
   * @throws WireError
   */
  complete(api: Api, body: RequestBody, signal: AbortSignal): Promise<unknown>;
  /**
   * The JSON that `GET /models` answers, unchecked.
   * @throws WireError
   */
  models(signal: AbortSignal): Promise<unknown>;
  /**
   * The JSON that another address of the server answers, unchecked.
   * @param path in relation to the base URL
   * @throws WireError
   */
  read(path: string, signal: AbortSignal): Promise<unknown>;
}

/** What is particular about one request. */
export interface RequestDetails {
  /** Where it goes, in relation to the base URL; where the API usually is when absent. */
  path?: string;
  /** Told of the answer's headers, their names in lower case, before anything of it comes. */
  onHeaders?: (headers: Readonly<Record<string, string>>) => void;
}

/** Why a request or its stream failed, as plain data. */
export type WireFailure =
  /** The server answered with an error. `retryAfter` in seconds. */
  | { kind: 'status'; status: number; body: unknown; retryAfter?: number }
  /** An error came inside a stream that had begun well. */
  | { kind: 'in-stream'; body: unknown }
  /** There was no connection, or it broke. `code` as the platform names it, such as ECONNREFUSED. */
  | { kind: 'network'; code?: string; reason: string }
  /** Nothing came for that many seconds, before or after the first byte. */
  | { kind: 'timeout'; seconds: number; begun: boolean }
  /** The server sent us elsewhere; nothing was sent there. */
  | { kind: 'redirect'; to: string }
  /** A piece of the stream is not JSON. */
  | { kind: 'malformed' }
  /** The answer is neither a stream nor a completion. */
  | { kind: 'not-a-stream'; contentType: string; beginning: string }
  /** The key cannot stand in a header. */
  | { kind: 'bad-key' };

/** A failure on its way through a stream. */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(readonly failure: WireFailure) {
    super(failure.kind);
  }
}
