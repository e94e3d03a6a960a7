import type { Reply, Send } from '../core/model/examine/send';
import { endpointAddress } from '../core/model/openai/address';
import type { Endpoint } from '../core/model/openai/endpoint';
import { wireFailure } from './failures';
import { guardedFetch } from './guardedFetch';
import type { WirePlatform } from './platform';
import { WatchedBody, within } from './watchedBody';

/** Beginning of a line of an event stream. */
const DATA = /^data: ?/u;
/** Milliseconds after which an answer of a few tokens is not waited for any more. */
const LONGEST_ANSWER = 60_000;
/** Only so much of an answer that is none is shown. */
const SHOWN = 2000;

/**
 * Single requests to one server, each made once; the key goes to its origin only.
 * @throws VariorumError `bad-request` when the base URL is not one
 */
export function examineSend(
  { baseUrl, key }: Pick<Endpoint, 'baseUrl' | 'key'>,
  platform: WirePlatform,
): Send {
  const { base, origin } = endpointAddress(baseUrl);
  const guarded = guardedFetch(key, platform);
  return async ({ path, atRoot = false, body }, signal) => {
    const init: RequestInit =
      body === undefined
        ? { signal, headers: { accept: 'application/json' } }
        : {
            signal,
            method: 'POST',
            headers: { accept: 'application/json', 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    try {
      const response = await guarded(`${atRoot ? origin : base}${path}`, init);
      const text = response.body === null ? '' : await textOf(response.body, platform);
      const answer = read(text);
      return response.ok && answer.events.length === 0
        ? { ...answer, failure: notJson(response, text), status: 0 }
        : { ...answer, status: response.status };
    } catch (error) {
      const failure = wireFailure(error);
      return failure.kind === 'status'
        ? { status: failure.status, events: [failure.body], streamed: false }
        : { failure, status: 0, events: [], streamed: false };
    }
  };
}

/** All of an answer; one that does not end is given up. */
async function textOf(stream: ReadableStream<Uint8Array>, platform: WirePlatform): Promise<string> {
  const body = new WatchedBody(stream, platform);
  try {
    return await within(body.text(), LONGEST_ANSWER, true, platform);
  } finally {
    body.cancel();
  }
}

function notJson({ headers }: Response, text: string): NonNullable<Reply['failure']> {
  const [contentType = ''] = (headers.get('content-type') ?? '').split(';');
  return { kind: 'not-a-stream', contentType, beginning: text.slice(0, SHOWN) };
}

/** A whole answer, or the events of one that is so short that it need not be read as it comes. */
function read(text: string): Pick<Reply, 'events' | 'streamed'> {
  const whole = parse(text);
  if (whole !== undefined) {
    return { events: [whole], streamed: false };
  }
  const lines = text.split(/\r?\n/u).filter((line) => DATA.test(line));
  const events = lines.flatMap((line) => parse(line.replace(DATA, '')) ?? []);
  return { events, streamed: lines.length > 0 };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
